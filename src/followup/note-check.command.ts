import { localDay } from '../calendar/town-calendar.ts';
import { applyTransition } from '../cases/apply-transition.ts';
import { onCase, type StaffAct } from '../cases/on-case.ts';
import type { Staff } from '../cases/triage.command.ts';
import { typedPast } from '../cases/typed-day.ts';
import type { CommandContext } from '../command-context.ts';
import type { CheckKind, FollowUpCheckTable } from '../db/tables/party.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import { DomainError } from '../errors.ts';
import { openQuestionnaires } from '../evaluation/open-questionnaires.ts';
import { openPartnerQuestionnaires } from '../evaluation/partner-questionnaires.ts';
import { recordChange } from '../outbox/record-change.ts';
import { type CaseParty, partiesOf } from '../parties/standing.ts';
import { writeMarks } from '../parties/write-marks.ts';
import { openEvaluationWait, whatFollows } from './after-check.ts';
import { AFTER_NEWS } from './after-news.ts';
import { checksToNote } from './checks-to-note.ts';

export const CHECK_KINDS = ['d10', 'm1', 'm3'] as const;
export type CheckNote = {
  caseId: string;
  kind: CheckKind;
  /** The party that was asked, or tried; nobody when no one in particular was tried. */
  partyId?: string;
  way: FollowUpCheckTable['way'];
  /** The day news was taken, as typed; today where left out. */
  day?: string;
  reached: boolean;
  /** Not reached, and not tried any more: this side of the check is done, or the whole of it where no party is named. */
  givesUp?: boolean;
  kept?: NonNullable<FollowUpCheckTable['kept']>;
  situation?: NonNullable<FollowUpCheckTable['situation']>;
  relationScore?: number;
  tension?: number;
  newNeed?: string;
  next: FollowUpCheckTable['then_what'];
};

const WAIT_OF = { d10: 'check_d10', m1: 'check_m1', m3: 'check_m3' } as const;

/** Those whose news is taken: who takes part still. */
export function askedForNews<P extends Pick<CaseParty, 'ended' | 'side' | 'agreement'>>(parties: readonly P[]): P[] {
  return parties.filter(({ ended, side, agreement }) => !ended && (side === 'requester' || agreement === 'yes'));
}

/**
 * F6. Takes news ten days, one month and three months after (R16, R22), one line for each party asked and one for each try. A check is
 * done when every living party was reached, or is not tried any more. The check after three months may come after the closing.
 * @throws DomainError not_allowed_now; unknown_choice for a check that has not begun or a party that is not asked; not_a_day, day_to_come.
 */
export async function noteCheck(ctx: CommandContext, by: Staff, input: CheckNote): Promise<void> {
  await onCase(ctx, by, input.caseId, async (act) => {
    const { tx, policy, theCase, text } = act;
    const begun = await checksToNote(tx, theCase);
    if (begun.length === 0) throw new DomainError('not_allowed_now');
    if (!begun.includes(input.kind)) throw new DomainError('unknown_choice', { field: 'check' });
    const asked = askedForNews(await partiesOf(tx, theCase.id));
    // Whoever was not reached has said nothing.
    const said: Partial<CheckNote> = input.reached ? input : {};
    if (input.partyId ? !asked.some(({ id }) => id === input.partyId) : input.reached)
      throw new DomainError('unknown_choice', { field: 'party' });
    await tx.db
      .insertInto('follow_up_check')
      .values({
        case_id: theCase.id,
        town_id: by.townId,
        cycle: theCase.cycle,
        kind: input.kind,
        party_id: input.partyId ?? null,
        way: input.way,
        reached: input.reached,
        gave_up: !input.reached && (input.givesUp ?? false),
        kept: said.kept ?? null,
        situation: said.situation ?? null,
        relation_score: said.relationScore ?? null,
        tension: said.tension ?? null,
        new_need: said.newNeed ? text.seal('follow_up_check', 'new_need', said.newNeed) : null,
        then_what: input.next,
        on_day: input.day ? typedPast(policy, tx.now, input.day, 'day') : localDay(policy.calendar, tx.now),
        recorded_by: by.personId,
        at: tx.now,
      })
      .execute();
    if (input.partyId && said.relationScore !== undefined)
      await writeMarks(tx, theCase, input.kind, [{ partyId: input.partyId, score: said.relationScore }]);
    await recordChange(tx, {
      caseId: theCase.id,
      code: 'check_noted',
      actor: 'staff',
      personId: by.personId,
      data: { kind: input.kind, reached: input.reached, situation: said.situation ?? null, next: input.next },
    });
    if (await isDone(act, input.kind, asked)) {
      await settleDeadlines(tx, theCase.id, [WAIT_OF[input.kind]], 'met');
      if (input.kind !== 'd10' && theCase.state === 'follow_up') await openEvaluationWait(act);
    }
    await whatFollows(act, input);
  });
}

/** Every party asked was reached, or is not tried any more. */
async function isDone({ tx, theCase }: StaffAct, kind: CheckKind, asked: readonly { id: string }[]): Promise<boolean> {
  const lines = await tx.db
    .selectFrom('follow_up_check')
    .select(['party_id as partyId', 'reached', 'gave_up as gaveUp'])
    .where('case_id', '=', theCase.id)
    .where('cycle', '=', theCase.cycle)
    .where('kind', '=', kind)
    .execute();
  const done = lines.filter(({ reached, gaveUp }) => reached || gaveUp);
  return asked.every(({ id }) => done.some(({ partyId }) => partyId === id || partyId === null));
}

/**
 * T27. The check after a month was made, or tried: opinions are asked, and the evaluation of the work begins. The check after three months
 * stays where it is. @throws DomainError step_missing.
 */
export async function beginEvaluation(ctx: CommandContext, by: Staff, caseId: string): Promise<void> {
  await onCase(ctx, by, caseId, async ({ tx, policy, theCase, role }) => {
    const check = await tx.db
      .selectFrom('follow_up_check')
      .select('id')
      .where('case_id', '=', caseId)
      .where('cycle', '=', theCase.cycle)
      .where('kind', 'in', ['m1', 'm3'])
      .executeTakeFirst();
    if (!check && theCase.state === 'follow_up') throw new DomainError('step_missing', { lacking: ['month_check'] });
    await applyTransition(tx, theCase, { name: 'T27', by: role, code: 'evaluation_begun', personId: by.personId });
    await settleDeadlines(tx, caseId, ['check_d10', 'check_m1', 'no_note', 'next_step', ...AFTER_NEWS], 'met');
    await openQuestionnaires(tx, policy, theCase);
    await openPartnerQuestionnaires(tx, policy, theCase);
    await openDeadline(tx, policy, { caseId, kind: 'evaluation' });
  });
}
