import { checkAttachment } from '../../src/attachments/check-attachment.command.ts';
import type { Scanner } from '../../src/attachments/clamd.ts';
import { dueChecks } from '../../src/attachments/due-checks.query.ts';
import type { TestTown } from './town.ts';
import { hiddenOf, type Visitor } from './visitor.ts';

export const REQUESTERS = '/suivi/pieces';
export const PARTYS = '/suivi/participation/pieces';

export type Sent = { name: string; bytes: Buffer };

/** Opens the page and sends its form with these files. */
export async function send(visitor: Visitor, at: string, ...files: Sent[]): Promise<Response> {
  const form = hiddenOf(await (await visitor.get(at)).text(), 'form');
  return visitor.upload(at, { form }, files.map((file) => ({ field: 'files', ...file }))); // prettier-ignore
}

/** The same with a recording. */
export async function say(visitor: Visitor, at: string, file: Sent): Promise<Response> {
  const form = hiddenOf(await (await visitor.get(at)).text(), 'form');
  return visitor.upload(`${at}/vocal`, { form }, [{ field: 'voice', ...file }]);
}

/** What is known of everything that was sent to a case, the oldest first. */
export async function piecesOf(town: TestTown, caseId: string) {
  return town.owner
    .selectFrom('attachment as a')
    .leftJoin('attachment_content as f', 'f.attachment_id', 'a.id')
    .select(['a.id', 'a.kind', 'a.media', 'a.state', 'a.antivirus', 'a.name', 'a.bytes', 'a.party_id as partyId', 'f.body'])
    .where('a.case_id', '=', caseId)
    .orderBy('a.sent_at')
    .orderBy('a.id')
    .execute(); // prettier-ignore
}

/** One round of the checks, as a lane of the worker does it. */
export async function check(town: TestTown, scanner?: Scanner): Promise<void> {
  const ctx = town.context('passerelle_worker');
  for (const due of await dueChecks(ctx.db, scanner !== undefined, 100)) await checkAttachment(ctx, scanner, due);
}
