import { CaseText } from '../cases/case-text.ts';
import type { WorkerTx } from '../db/transaction.ts';
import type { KeyRing } from '../privacy/key-ring.ts';
import type { Recipient } from './mail-row.ts';
import { mayWrite } from './may-write.ts';
import { LAST_WORDS } from './templates.ts';

/** Where whoever asked for help may be written to, as things stand now. */
export async function requesterAddress(tx: WorkerTx, keys: KeyRing, caseId: string | null): Promise<Recipient> {
  const row = await tx.db
    .selectFrom('case_identity as i')
    .innerJoin('mediation_case as c', 'c.id', 'i.case_id')
    .select(['c.id', 'c.kid', 'c.wrapped_key as wrappedKey', 'c.danger', 'i.email', 'i.age_group as ageGroup'])
    .select(['i.contact_ways as contactWays', 'i.precautions'])
    .where('i.case_id', '=', caseId)
    .executeTakeFirst();
  return row ? addressOf(keys, 'case_identity', row) : { found: false, reason: 'not_here_any_more' };
}

/** Where the other party may be written to; whoever has left reads the last words only. */
export async function partyAddress(tx: WorkerTx, keys: KeyRing, partyId: string, template: string): Promise<Recipient> {
  const row = await tx.db
    .selectFrom('party_identity as i')
    .innerJoin('party as p', 'p.id', 'i.party_id')
    .innerJoin('mediation_case as c', 'c.id', 'i.case_id')
    .select(['c.id', 'c.kid', 'c.wrapped_key as wrappedKey', 'c.danger', 'i.email', 'p.minor'])
    .select(['i.contact_ways as contactWays', 'i.precautions', 'p.ended_at as endedAt'])
    .where('i.party_id', '=', partyId)
    .executeTakeFirst();
  if (!row || (row.endedAt && !LAST_WORDS.includes(template))) return { found: false, reason: 'not_here_any_more' };
  return addressOf(keys, 'party_identity', { ...row, ageGroup: row.minor ? 'minor' : 'adult' });
}

type Reachable = ConstructorParameters<typeof CaseText>[1] &
  Omit<Parameters<typeof mayWrite>[0], 'hasEmail'> & { email: Buffer | null };

function addressOf(keys: KeyRing, table: 'case_identity' | 'party_identity', row: Reachable): Recipient {
  const decision = mayWrite({ ...row, hasEmail: row.email !== null });
  if (!decision.write || !row.email) return { found: false, reason: decision.write ? 'no_address' : decision.reason };
  return { found: true, to: new CaseText(keys, row).open(table, 'email', row.email) };
}
