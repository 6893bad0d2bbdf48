import type { CommandContext } from '../command-context.ts';
import type { TownTx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { applyTransition } from './apply-transition.ts';
import { CaseText } from './case-text.ts';
import type { LockedCase } from './lock-case.ts';

/**
 * T5: our question is answered, by the person with the code or told to the team by phone or at the desk. The case goes back to triage
 * and its leader is told.
 * @param answer `voiceId`: what the person recorded, beside the text or instead; `takenBy`: the member of staff who wrote it down, nobody when
 * the person wrote it.
 * @throws DomainError not_allowed_now when no question waits.
 */
export async function takeAnswer(
  tx: TownTx,
  ctx: CommandContext,
  policy: TownPolicy,
  theCase: LockedCase,
  answer: { text: string; voiceId?: string | null; takenBy?: string },
): Promise<void> {
  await applyTransition(tx, theCase, {
    name: 'T5',
    by: answer.takenBy ? 'leader' : 'requester',
    code: 'question_answered',
    ...(answer.takenBy ? { personId: answer.takenBy } : {}),
  });
  await tx.db
    .insertInto('case_message')
    .values({
      case_id: theCase.id,
      town_id: tx.actor.townId,
      kind: 'answer',
      author_id: answer.takenBy ?? null,
      body: new CaseText(ctx.keys, theCase).seal('case_message', 'body', answer.text),
      voice_id: answer.voiceId ?? null,
      at: tx.now,
    })
    .execute();
  await settleDeadlines(tx, theCase.id, ['more_info', 'task_close_or_extend'], 'met');
  await settleDeadlines(tx, theCase.id, ['task_call_requester'], 'met', {
    because: ['question', 'question_reminder'],
  });
  await openDeadline(tx, policy, {
    caseId: theCase.id,
    kind: 'triage',
    // Whoever wrote it down knows it.
    announce: answer.takenBy ? [] : [{ audience: 'leader', template: 'question_answered' }],
  });
}
