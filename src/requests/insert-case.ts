import { sql } from 'kysely';
import type { CommandContext } from '../command-context.ts';
import type { CaseIdentityTable, CaseSituationTable, MediationCaseTable, Nature } from '../db/tables/case.ts';
import type { PartyKind } from '../db/tables/party.ts';
import type { Actor, Tx } from '../db/transaction.ts';
import { codeHash } from '../privacy/case-code.ts';
import { contactHash } from '../privacy/contact.ts';
import { domainOf } from './case-domain.ts';
import { nonceHash } from '../privacy/draft-seal.ts';
import { newCaseKey, seal } from '../privacy/field-encryption.ts';

/** Where it is, as somebody says it: of the town's list, by its kind, in words. */
export type SaidPlace = {
  quarter: string | null;
  placeId: string | null;
  placeType: string | null;
  placeText: string | null;
  transportLine: string | null;
  transportStop: string | null;
};
/** What is told besides the story; none of it is needed. */
export type Situation = {
  service: { organisationId: string | null; text: string | null };
  relationScore: number | null;
  since: CaseSituationTable['since'];
  frequency: CaseSituationTable['frequency'];
  moments: string[];
  doneBefore: string[];
  hopes: string[];
  hopesText: string | null;
  procedure: CaseSituationTable['procedure'];
  accessNeeds: string[];
  difficulties: string[];
};
export const NOTHING_MORE_TOLD: Situation = {
  service: { organisationId: null, text: null },
  relationScore: null,
  since: null,
  frequency: null,
  moments: [],
  doneBefore: [],
  hopes: [],
  hopesText: null,
  procedure: null,
  accessNeeds: [],
  difficulties: [],
};

/** A valid F1: what `request.form` lets through. */
export type SubmitRequest = SaidPlace &
  Situation & {
    danger: boolean;
    /** Somebody of the family or the partner is feared: always a danger (spec §3.6). */
    familyDanger?: boolean;
    need: MediationCaseTable['need'];
    categories: string[];
    /** As an organisation says it (F2); the team says it of every other request. */
    natures?: Nature[];
    relation: MediationCaseTable['relation'];
    story: string | null;
    firstName: string;
    contactWays: CaseIdentityTable['contact_ways'];
    phone: string | null;
    email: string | null;
    postalAddress: string | null;
    trustedPerson: string | null;
    precautions: CaseIdentityTable['precautions'];
    contactHours: string | null;
    spokenLanguage: string | null;
    interpreter: boolean;
    ageGroup: 'adult' | 'minor';
    acceptEvaluation: boolean;
    uiLanguage: string;
    /** Filled as no person fills a form: accepted all the same, and pointed out to the team (B-38). */
    doubtful?: boolean;
  };

/** Whether anything was told besides the story: there is a row for it only then. */
function tellsMore({ service, transportLine, transportStop, ...told }: Situation & SaidPlace): boolean {
  const lists = [told.moments, told.doneBefore, told.hopes, told.accessNeeds, told.difficulties];
  const single = [told.since, told.frequency, told.procedure, told.hopesText, service.organisationId, service.text];
  return [...single, transportLine, transportStop].some(Boolean) || lists.some(({ length }) => length > 0);
}

export type NewCase = {
  town: { id: string; kid: string };
  nonce: string;
  code: string;
  caseId: string;
  year: number;
  /** The flood on its place it came with (B-39). */
  floodId?: string | null;
  /** By which door it came, and what its requester is: a person, or an organisation for itself. */
  door: {
    channel: MediationCaseTable['channel'];
    origin: MediationCaseTable['origin'];
    party: PartyKind;
    organisationId: string | null;
  };
};

/** Number, case, the person as a party of it, identity, story, what else was told and code in one statement: one round trip instead of six. */
export async function insertCase(
  tx: Tx<Extract<Actor, { role: 'app_public' | 'app_partner' | 'app_staff' }>>,
  ctx: CommandContext,
  { town, nonce, code, caseId, year, door, floodId = null }: NewCase,
  request: SubmitRequest,
): Promise<{ number: string; teamId: string | null }> {
  const partyId = crypto.randomUUID();
  const { dataKey, wrapped } = newCaseKey(ctx.keys, town.kid, caseId);
  const sealed = (table: string, column: string, text: string | null) =>
    text === null ? null : seal(dataKey, { table, column, caseId }, text);
  const identity = (column: string, text: string | null) => sealed('case_identity', column, text);
  const situation = (column: string, text: string | null) => sealed('case_situation', column, text);
  // One more row costs every request; most short ones tell nothing more.
  const insertSituation = tellsMore(request)
    ? sql`, t as (
      insert into case_situation (case_id, town_id, since, frequency, moments, done_before, hopes, hopes_text, procedure, access_needs,
        difficulties, organisation_id, service_text, transport_line, transport_stop)
      values (${caseId}, ${town.id}, ${request.since}, ${request.frequency}, ${request.moments}::text[], ${request.doneBefore}::text[],
        ${request.hopes}::text[], ${situation('hopes_text', request.hopesText)}, ${request.procedure}, ${request.accessNeeds}::text[],
        ${request.difficulties}::text[], ${request.service.organisationId}, ${situation('service_text', request.service.text)},
        ${situation('transport_line', request.transportLine)}, ${situation('transport_stop', request.transportStop)})
    )`
    : sql``;
  const inserted = await sql<{ number: string; team_id: string | null }>`
    with n as (
      select 'MS-' || ${year}::text || '-' || to_char(rank, case when rank < 100000 then 'FM00000' else 'FM999999999' end) as number,
             (select team_id from quarter where quarter.town_id = ${town.id}::uuid and quarter.code = ${request.quarter}) as team_id
      from next_case_number(${town.id}::uuid, ${year}) as rank
    ), i as (
      insert into case_identity (case_id, town_id, first_name, phone, email, postal_address, trusted_person, contact_hours, phone_hash,
        email_hash, contact_ways, precautions, spoken_language, age_group, accept_evaluation)
      values (${caseId}, ${town.id}, ${identity('first_name', request.firstName)}, ${identity('phone', request.phone)},
        ${identity('email', request.email)}, ${identity('postal_address', request.postalAddress)},
        ${identity('trusted_person', request.trustedPerson)}, ${identity('contact_hours', request.contactHours)},
        ${request.phone === null ? null : contactHash(ctx.keys, 'phone', request.phone)},
        ${request.email === null ? null : contactHash(ctx.keys, 'email', request.email)},
        ${request.contactWays}::text[], ${request.precautions}::text[], ${request.spokenLanguage}, ${request.ageGroup},
        ${request.acceptEvaluation})
    ), s as (
      insert into case_story (case_id, town_id, story, place_text)
      values (${caseId}, ${town.id}, ${sealed('case_story', 'story', request.story)},
        ${sealed('case_story', 'place_text', request.placeText)})
    ) ${insertSituation}, a as (
      insert into access (town_id, case_id, purpose, token_hash, derived)
      values (${town.id}, ${caseId}, 'case_code', ${codeHash(ctx.keys, code)}, true)
    ), c as (
      insert into mediation_case (id, town_id, number, state, state_since, danger, family_danger, minor, interpreter, doubtful, need, categories, natures, domain, quarter_code,
        place_id, place_type, relation, channel, origin, ui_language, team_id, received_at, nonce_hash, flood_id, kid, wrapped_key)
      select ${caseId}::uuid, ${town.id}::uuid, n.number, 'received', ${tx.now}::timestamptz, ${request.danger}, ${request.familyDanger ?? false},
        ${request.ageGroup === 'minor'}, ${request.interpreter}, ${request.doubtful ?? false}, ${request.need}, ${request.categories}::text[], ${request.natures ?? []}::text[],
        ${domainOf(request.categories, request.placeType)}, ${request.quarter}, ${request.placeId}::uuid, ${request.placeType}, ${request.relation}, ${door.channel}, ${door.origin}, ${request.uiLanguage}, n.team_id, ${tx.now}::timestamptz,
        ${nonceHash(nonce)}, ${floodId}::uuid, ${town.kid}, ${wrapped}
      from n
    ), p as (
      insert into party (id, case_id, town_id, side, kind, organisation_id, minor, interpreter, created_at)
      values (${partyId}, ${caseId}, ${town.id}, 'requester', ${door.party}, ${door.organisationId},
        ${request.ageGroup === 'minor'}, ${request.interpreter}, ${tx.now})
    ), m as (
      insert into relation_mark (party_id, case_id, town_id, cycle, stage, relation, score, at)
      select ${partyId}::uuid, ${caseId}::uuid, ${town.id}::uuid, 1, 'start', ${request.relation}, ${request.relationScore}::smallint, ${tx.now}::timestamptz
      where ${request.relation}::text is not null or ${request.relationScore}::smallint is not null
    )
    select number, team_id from n`.execute(tx.db);
  const row = inserted.rows[0];
  if (!row) throw new Error('case not inserted');
  return { number: row.number, teamId: row.team_id };
}
