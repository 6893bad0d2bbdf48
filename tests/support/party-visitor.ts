import { codeHash, formatCode, newRandomCode } from '../../src/privacy/case-code.ts';
import { partyCode } from '../../src/parties/party-code.ts';
import type { Carried } from './agreements.ts';
import type { TestTown } from './town.ts';
import { Visitor } from './visitor.ts';
import type { webApp } from './web.ts';

/** The other party of a carried case, with its code typed, in a browser of its own. */
export async function partyVisitor(
  app: Awaited<ReturnType<typeof webApp>>,
  town: TestTown,
  carried: Carried,
): Promise<Visitor> {
  const visitor = new Visitor(app);
  await visitor.post('/suivi', { code: await codeOfParty(town, await carried.partyId('other')) });
  return visitor;
}

/** A new code of the requester, since nobody but them knows the one they were given. */
export async function newCodeOf(town: TestTown, caseId: string): Promise<string> {
  const code = newRandomCode();
  await town.owner
    .updateTable('access')
    .set({ token_hash: codeHash(town.keys, code) })
    .where('case_id', '=', caseId)
    .where('purpose', '=', 'case_code')
    .execute();
  return code;
}

/** The requester of a case, with a new code typed, in a browser of its own. */
export async function requesterVisitor(
  app: Awaited<ReturnType<typeof webApp>>,
  town: TestTown,
  caseId: string,
): Promise<Visitor> {
  const visitor = new Visitor(app);
  await visitor.post('/suivi', { code: await newCodeOf(town, caseId) });
  return visitor;
}

/** The living code of a party, as its letter prints it. */
export async function codeOfParty(town: TestTown, partyId: string): Promise<string> {
  const access = await town.owner
    .selectFrom('access')
    .select('id')
    .where('party_id', '=', partyId)
    .where('purpose', '=', 'party_code')
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow();
  return formatCode(partyCode(town.keys, access.id));
}
