import type { CaseText } from '../cases/case-text.ts';
import type { LockedCase } from '../cases/lock-case.ts';
import type { HolderTx } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { recordChange } from '../outbox/record-change.ts';
import type { KeptFile } from './accept-file.ts';
import { MAX_BYTES_OF_A_SIDE, MAX_FILES } from './file-limits.ts';

/**
 * Keeps files of one side of a case, each sealed with the case's key, in quarantine until it was looked at (R97, T-33). The caller holds the
 * lock of the case, so that two who send at once are counted one after the other.
 * @returns their ids, in this order. @throws DomainError files_enough when this side has no room for them.
 */
export async function insertAttachments(
  tx: HolderTx,
  text: CaseText,
  theCase: Pick<LockedCase, 'id'>,
  partyId: string,
  files: readonly KeptFile[],
): Promise<string[]> {
  await requireRoom(tx, partyId, files);
  const ids: string[] = [];
  for (const { kind, media, name, bytes } of files) {
    const id = crypto.randomUUID();
    ids.push(id);
    const place = { case_id: theCase.id, town_id: tx.actor.townId };
    await tx.db
      .insertInto('attachment')
      .values({
        ...place,
        id,
        party_id: partyId,
        kind,
        media,
        name: name === undefined ? null : text.seal('attachment', 'name', name),
        bytes: bytes.length,
        sent_at: tx.now,
      })
      .execute();
    await tx.db
      .insertInto('attachment_content')
      .values({ ...place, attachment_id: id, body: text.sealFile('attachment_content', 'body', bytes) })
      .execute();
    await recordChange(tx, {
      caseId: theCase.id,
      code: 'attachment_received',
      actor: tx.actor.role === 'app_party' ? 'party' : 'requester',
      data: { attachment: id, kind, party: partyId },
    });
  }
  return ids;
}

/** Keeps what was said beside a message, or instead. @returns its id; nothing where nothing was said. */
export async function insertVoice(
  tx: HolderTx,
  text: CaseText,
  theCase: Pick<LockedCase, 'id'>,
  partyId: string,
  voice: KeptFile | undefined,
): Promise<string | null> {
  if (!voice) return null;
  const [id] = await insertAttachments(tx, text, theCase, partyId, [voice]);
  return id ?? null;
}

async function requireRoom(tx: HolderTx, partyId: string, files: readonly KeptFile[]): Promise<void> {
  const kept = await tx.db
    .selectFrom('attachment')
    .select(['kind', 'bytes'])
    .where('party_id', '=', partyId)
    .where('state', 'in', ['quarantined', 'checked'])
    .execute();
  const all = [...kept, ...files.map(({ kind, bytes }) => ({ kind, bytes: bytes.length }))];
  const documents = all.filter(({ kind }) => kind !== 'voice').length;
  const bytes = all.reduce((sum, file) => sum + file.bytes, 0);
  const many = documents > MAX_FILES && files.some(({ kind }) => kind !== 'voice');
  if (many || bytes > MAX_BYTES_OF_A_SIDE) throw new DomainError('files_enough');
}
