import { addMonths } from '../calendar/day.ts';
import { dayAfter } from '../calendar/due.ts';
import { localDay } from '../calendar/town-calendar.ts';
import { requireLeader } from '../cases/lock-case.ts';
import { onCase, type StaffAct } from '../cases/on-case.ts';
import type { Staff } from '../cases/triage.command.ts';
import type { CommandContext } from '../command-context.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { settleStream } from '../deadlines/settle-stream.ts';
import { DomainError } from '../errors.ts';
import { noteRead } from '../journal/note-read.ts';
import { recordChange } from '../outbox/record-change.ts';
import { rightsRequestStream } from '../outbox/streams.ts';
import { type CaseParty, partyOf } from '../parties/standing.ts';
import { eraseWords } from './erase-words.ts';
import { type OpenRight, openRight } from './open-right.ts';
import { ownCopy, sealCopy } from './own-copy.query.ts';
import { type Erasable, mayErase, READ_MONTHS, type RefusalGround, type RightsState } from './rights-status.ts';
import { tellOfRight } from './tell-of-right.ts';

/** How many months after its receipt a request that was made longer is due (GDPR art. 12.3: one, and two more). */
const LONGEST_MONTHS = 3;

export type RightsAnswer = { caseId: string; requestId: string; answer: string; erase: readonly Erasable[] };

/**
 * What was asked is done, and said in words. Access: the person's own data are put together now, the other side masked, and read by the code.
 * Erasing: the words go with this transaction, ways to reach the person once the answer has reached them.
 * @throws DomainError unknown_choice beside `erase` where nothing, or something that must stay, was chosen; not_allowed_now, not_your_case.
 */
export async function answerRight(ctx: CommandContext, by: Staff, input: RightsAnswer): Promise<void> {
  await onRight(ctx, by, input, 'answered', async (act, party, request) => {
    const { tx, theCase, text } = act;
    const possible = request.right === 'erase' ? mayErase(theCase, party) : [];
    const nothing = request.right === 'erase' && input.erase.length === 0;
    if (nothing || !input.erase.every((what) => possible.includes(what)))
      throw new DomainError('unknown_choice', { field: 'erase' });
    const copy = request.right === 'access' ? await copyNow(act, party) : null;
    await eraseWords(tx, theCase.id, party, input.erase);
    await tx.db
      .updateTable('rights_request')
      .set({
        state: 'answered',
        settled_at: tx.now,
        settled_by: by.personId,
        answer: text.seal('rights_request', 'answer', input.answer),
        erased: [...input.erase],
        copy,
      })
      .where('id', '=', request.id)
      .execute();
    await end(act, by, party, request, { code: 'rights_answered', erased: input.erase.join(',') });
  });
}

/** Put together now, and read by whoever gives it. */
async function copyNow({ tx, text, theCase }: StaffAct, party: CaseParty): Promise<Buffer> {
  await noteRead(tx, { kind: 'case_viewed', caseId: theCase.id, groups: ['identity', 'story', 'messages'] });
  return sealCopy(text, await ownCopy(tx, text, theCase, party));
}

/** A no, with what the law allows it with, in words; the page says how to complain (CNIL). */
export async function refuseRight(
  ctx: CommandContext,
  by: Staff,
  input: { caseId: string; requestId: string; ground: RefusalGround; answer: string },
): Promise<void> {
  await onRight(ctx, by, input, 'refused', async (act, party, request) => {
    await act.tx.db
      .updateTable('rights_request')
      .set({
        state: 'refused',
        settled_at: act.tx.now,
        settled_by: by.personId,
        answer: act.text.seal('rights_request', 'answer', input.answer),
        refusal_ground: input.ground,
      })
      .where('id', '=', request.id)
      .execute();
    await end(act, by, party, request, { code: 'rights_refused', ground: input.ground });
  });
}

/** Two more months, once, decided and told within the first one (GDPR art. 12.3). @throws DomainError too_late after it. */
export async function extendRight(
  ctx: CommandContext,
  by: Staff,
  input: { caseId: string; requestId: string; reason: string },
): Promise<void> {
  await onRight(ctx, by, input, 'extended', async (act, party, request) => {
    const { tx, policy, theCase, text } = act;
    if (localDay(policy.calendar, tx.now) > request.dueDay) throw new DomainError('too_late');
    const dueDay = dayAfter(policy.calendar, request.receivedOn, { unit: 'month', n: LONGEST_MONTHS });
    const stream = rightsRequestStream(request.id);
    await tx.db
      .updateTable('rights_request')
      .set({
        state: 'extended',
        due_day: dueDay,
        extended_at: tx.now,
        extension_reason: text.seal('rights_request', 'extension_reason', input.reason),
      })
      .where('id', '=', request.id)
      .execute();
    await settleStream(tx, stream, 'cancelled');
    await openDeadline(tx, policy, {
      caseId: theCase.id,
      stream,
      kind: 'rights_request',
      dueDay,
      partyId: party.id,
      reason: 'extended',
    });
    await recordChange(tx, {
      caseId: theCase.id,
      code: 'rights_extended',
      actor: 'staff',
      personId: by.personId,
      data: { rights: request.id, party: party.id, right: request.right, due: dueDay },
      inside: { stream, subjectId: request.id, closes: false },
    });
    await tellOfRight(act, party, request, 'rights_extended');
  });
}

/** What the leader decides on one open request, under the lock of its case. */
async function onRight(
  ctx: CommandContext,
  by: Staff,
  { caseId, requestId }: { caseId: string; requestId: string },
  to: RightsState,
  run: (act: StaffAct, party: CaseParty, request: OpenRight) => Promise<void>,
): Promise<void> {
  await onCase(ctx, by, caseId, async (act) => {
    requireLeader(act.theCase);
    const request = await openRight(act.tx, act.theCase, requestId, to);
    await run(act, await partyOf(act, request.partyId), request);
  });
}

async function end(
  act: StaffAct,
  by: Staff,
  party: CaseParty,
  request: OpenRight,
  { code, ...said }: { code: 'rights_answered' | 'rights_refused'; erased?: string; ground?: string },
): Promise<void> {
  const { tx, policy, theCase } = act;
  const stream = rightsRequestStream(request.id);
  await settleStream(tx, stream, 'met');
  await recordChange(tx, {
    caseId: theCase.id,
    code,
    actor: 'staff',
    personId: by.personId,
    data: { rights: request.id, party: party.id, right: request.right, ...said },
    inside: { stream, subjectId: request.id, closes: true },
  });
  await tellOfRight(act, party, request, 'rights_answered');
  // Whoever left keeps the page on which the answer stands for a month more.
  const until = addMonths(localDay(policy.calendar, tx.now), READ_MONTHS);
  await tx.db
    .updateTable('party_identity')
    .set({ erase_after: until })
    .where('party_id', '=', party.id)
    .where('erase_after', '<', until)
    .where('erased_at', 'is', null)
    .execute();
}
