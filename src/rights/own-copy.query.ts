import type { CaseText } from '../cases/case-text.ts';
import type { LockedCase } from '../cases/lock-case.ts';
import type { StaffTx } from '../db/transaction.ts';
import type { CaseParty } from '../parties/standing.ts';
import { situationView } from '../staff/case-situation.query.ts';
import { type CopiedAct, copiedActs } from './copied-acts.query.ts';

/** One line of a copy: a code that the paper has words for, and what stands there, as codes of the form or as it was written. */
export type CopiedLine = { what: CopiedField; says: string | string[] };
export type CopiedField =
  | 'name'
  | 'phone'
  | 'email'
  | 'postalAddress'
  | 'trustedPerson'
  | 'contactHours'
  | 'representative'
  | 'legalRepresentative'
  | 'ways'
  | 'precautions'
  | 'language'
  | 'interpreter'
  | 'ageGroup'
  | 'acceptEvaluation'
  | 'categories'
  | 'place'
  | 'placeType'
  | 'transportLine'
  | 'transportStop'
  | 'service'
  | 'story'
  | 'since'
  | 'frequency'
  | 'moments'
  | 'doneBefore'
  | 'hopes'
  | 'linkHopes'
  | 'hopesText'
  | 'procedure'
  | 'accessNeeds'
  | 'difficulties';

/** What is kept about one person, and about nobody else (GDPR art. 15): sealed as it is read, shown by the code. Dates as ISO text. */
export type OwnCopy = {
  number: string;
  side: 'requester' | 'other';
  madeAt: string;
  /** When we got what we know: the request, or the day it was written down. */
  since: string;
  who: CopiedLine[];
  told: CopiedLine[];
  acts: CopiedAct[];
};

/**
 * Puts together what is kept about one party: who they are, what they told, what they agreed to, what was done with them. Nothing of another party:
 * neither name nor words, no contact of a partner, no note of a meeting, in which several people stand. The caller has written the reading down.
 */
export async function ownCopy(
  tx: StaffTx,
  text: CaseText,
  theCase: Pick<LockedCase, 'id' | 'number' | 'receivedAt'>,
  party: Pick<CaseParty, 'id' | 'side'>,
): Promise<OwnCopy> {
  const own =
    party.side === 'requester'
      ? {
          since: theCase.receivedAt.toISOString(),
          who: await requester(tx, text, theCase.id),
          told: await request(tx, text, theCase.id),
        }
      : { since: await addedAt(tx, party.id), who: await other(tx, text, party.id), told: [] };
  return {
    number: theCase.number,
    side: party.side,
    madeAt: tx.now.toISOString(),
    ...own,
    acts: await copiedActs(tx, text, theCase.id, party),
  };
}

async function addedAt(tx: StaffTx, partyId: string): Promise<string> {
  const added = tx.db.selectFrom('party').select('created_at as at').where('id', '=', partyId);
  return (await added.executeTakeFirstOrThrow()).at.toISOString();
}

async function requester(tx: StaffTx, text: CaseText, caseId: string): Promise<CopiedLine[]> {
  const row = await tx.db
    .selectFrom('case_identity as i')
    .innerJoin('mediation_case as c', 'c.id', 'i.case_id')
    .selectAll('i')
    .select('c.interpreter')
    .where('i.case_id', '=', caseId)
    .executeTakeFirstOrThrow();
  const opened = (column: string, sealed: Buffer | null) => text.openOptional('case_identity', column, sealed);
  return written([
    ['name', opened('first_name', row.first_name)],
    ['phone', opened('phone', row.phone)],
    ['email', opened('email', row.email)],
    ['postalAddress', opened('postal_address', row.postal_address)],
    ['trustedPerson', opened('trusted_person', row.trusted_person)],
    ['contactHours', opened('contact_hours', row.contact_hours)],
    ['ways', row.contact_ways],
    ['precautions', row.precautions],
    ['language', row.spoken_language ?? undefined],
    ['interpreter', row.interpreter ? 'yes' : undefined],
    ['ageGroup', row.age_group],
    ['acceptEvaluation', row.accept_evaluation ? 'yes' : 'no'],
  ]);
}

async function request(tx: StaffTx, text: CaseText, caseId: string): Promise<CopiedLine[]> {
  const row = await tx.db
    .selectFrom('mediation_case as c')
    .innerJoin('case_story as s', 's.case_id', 'c.id')
    .select(['c.categories', 'c.need', 's.story', 's.place_text as place'])
    .where('c.id', '=', caseId)
    .executeTakeFirstOrThrow();
  const told = await situationView(tx, text, caseId);
  const known = (...parts: (string | null | undefined)[]) => parts.flatMap((part) => part ?? []);
  return written([
    ['categories', row.categories],
    ['place', known(told.place.name, text.openOptional('case_story', 'place_text', row.place))],
    ['placeType', known(told.place.type)],
    ['transportLine', told.place.line],
    ['transportStop', told.place.stop],
    ['service', known(told.service.name, told.service.text)],
    ['since', known(told.since)],
    ['frequency', known(told.frequency)],
    ['moments', told.moments],
    ['doneBefore', told.doneBefore],
    [row.need === 'link' ? 'linkHopes' : 'hopes', told.hopes],
    ['hopesText', told.hopesText],
    ['procedure', known(told.procedure)],
    ['accessNeeds', told.accessNeeds],
    ['difficulties', told.difficulties],
    ['story', text.openOptional('case_story', 'story', row.story)],
  ]);
}

async function other(tx: StaffTx, text: CaseText, partyId: string): Promise<CopiedLine[]> {
  const row = await tx.db
    .selectFrom('party_identity as i')
    .innerJoin('party as p', 'p.id', 'i.party_id')
    .selectAll('i')
    .select(['p.interpreter', 'p.minor'])
    .where('i.party_id', '=', partyId)
    .executeTakeFirstOrThrow();
  const opened = (column: string, sealed: Buffer | null) => text.openOptional('party_identity', column, sealed);
  return written([
    ['name', opened('name', row.name)],
    ['phone', opened('phone', row.phone)],
    ['email', opened('email', row.email)],
    ['postalAddress', opened('postal_address', row.postal_address)],
    ['contactHours', opened('contact_hours', row.contact_hours)],
    ['representative', opened('representative', row.representative)],
    ['legalRepresentative', opened('legal_representative', row.legal_representative)],
    ['ways', row.contact_ways],
    ['precautions', row.precautions],
    ['language', row.spoken_language ?? undefined],
    ['interpreter', row.interpreter ? 'yes' : undefined],
    ['ageGroup', row.minor ? 'minor' : undefined],
  ]);
}

function written(lines: readonly [CopiedField, string | readonly string[] | undefined][]): CopiedLine[] {
  return lines.flatMap(([what, says]) =>
    says === undefined || says.length === 0 ? [] : [{ what, says: typeof says === 'string' ? says : [...says] }],
  );
}

export function sealCopy(text: CaseText, copy: OwnCopy): Buffer {
  return text.seal('rights_request', 'copy', JSON.stringify(copy));
}

export function openCopy(text: CaseText, sealed: Buffer | null): OwnCopy | undefined {
  const copy = text.openOptional('rights_request', 'copy', sealed);
  // Sealed by ourselves, from this very type.
  return copy === undefined ? undefined : (JSON.parse(copy) as OwnCopy);
}
