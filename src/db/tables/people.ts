import type { Generated } from 'kysely';

export type StaffRole = 'mediator' | 'team_leader' | 'coordinator' | 'admin';

export type PersonTable = {
  id: Generated<string>;
  town_id: string;
  ref: string | null;
  auth_user_id: string | null;
  first_name: string;
  last_name: string;
  email: string;
  active: Generated<boolean>;
};
export type PersonRoleTable = { town_id: string; person_id: string; role: StaffRole };
export type TeamTable = {
  id: Generated<string>;
  town_id: string;
  code: string;
  name: string;
  leader_id: string | null;
  deputy_id: string | null;
};
export type TeamMemberTable = { town_id: string; team_id: string; person_id: string };
export type AbsenceTable = {
  id: Generated<string>;
  town_id: string;
  person_id: string;
  from_day: string;
  to_day: string;
};
export type QuarterTable = { town_id: string; code: string; name: string; qpv: string | null; team_id: string | null };
export type PlaceTable = {
  id: Generated<string>;
  town_id: string;
  quarter_code: string | null;
  name: string;
  type: string;
  /** On its poster: `/demande?lieu=CODE`. */
  code: Generated<string>;
};
export type QualificationTable = {
  id: Generated<string>;
  town_id: string;
  person_id: string;
  code: string;
  label: string;
  hours: number | null;
  status: 'verified' | 'in_progress' | 'to_verify';
  valid_until: string | null;
};
export type MediatorProfileTable = {
  person_id: string;
  town_id: string;
  contract: string;
  contract_until: string | null;
  languages: string[];
  sectors: string[];
};
export type OrganisationTable = {
  id: Generated<string>;
  town_id: string;
  code: string;
  name: string;
  type: string;
  roles: string[];
  public_service_mission: Generated<boolean>;
  ended_at: Generated<Date | null>;
};
export type OrganisationContactTable = {
  id: Generated<string>;
  town_id: string;
  organisation_id: string;
  position: 'referent' | 'substitute' | 'head';
  name: string;
  email: string;
};
export type LeadershipGrantTable = {
  id: Generated<string>;
  town_id: string;
  person_id: string;
  case_id: string;
  reason: 'triage_late' | 'task_late' | 'danger';
  starts_at: Date;
  ends_at: Date;
};
