import type { ColumnType, Generated } from 'kysely';

export type QuestionnaireTable = {
  id: Generated<string>;
  case_id: string;
  town_id: string;
  party_id: string;
  cycle: number;
  opened_at: Date;
  closes_on: string;
  answered: Generated<boolean>;
};
export type QuestionnaireAnswerTable = {
  id: Generated<string>;
  town_id: string;
  month: string;
  pair: 'public_institution' | 'residents' | 'groups' | 'one_party';
  complexity: string | null;
  listened: number | null;
  could_say: number | null;
  understood_free: number | null;
  talk_better: number | null;
  situation: 'settled' | 'better' | 'same' | 'worse' | null;
  institution: number | null;
  relation: number | null;
  would_advise: boolean | null;
  words: Buffer | null;
  may_quote: Generated<boolean>;
};
export type PartnerQuestionnaireTable = {
  id: Generated<string>;
  case_id: string;
  town_id: string;
  organisation_id: string;
  request_id: string;
  cycle: number;
  opened_at: Date;
  closes_on: string;
  answered: Generated<boolean>;
};
export type PartnerOpinionTable = {
  id: Generated<string>;
  town_id: string;
  month: string;
  useful: number | null;
  information: 'too_little' | 'enough' | 'too_much' | null;
  delay_ok: boolean | null;
  exchange_easier: number | null;
  changed: string[];
  prevented: string[];
  places: string[];
  call_again: boolean | null;
};
export type CaseEvaluationTable = {
  id: Generated<string>;
  case_id: string;
  town_id: string;
  cycle: number;
  side: 'mediator' | 'leader';
  person_id: string;
  marks: ColumnType<Record<string, number>, string, never>;
  hours: string | null;
  mediators_needed: string | null;
  lesson: Buffer | null;
  conclusion: Buffer | null;
  at: Date;
};
