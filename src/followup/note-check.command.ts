import { applyTransition } from '../cases/apply-transition.ts';
import { requireAgreements } from '../cases/mediate.command.ts';
import { onCase, type StaffAct } from '../cases/on-case.ts';
import type { Staff } from '../cases/triage.command.ts';
import type { CommandContext } from '../command-context.ts';
import type { CheckKind, FollowUpCheckTable } from '../db/tables/party.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import { DomainError } from '../errors.ts';
import { openQuestionnaires } from '../evaluation/open-questionnaires.ts';
import { openPartnerQuestionnaires } from '../evaluation/partner-questionnaires.ts';
import { recordChange } from '../outbox/record-change.ts';

export const CHECK_KINDS = ['d10', 'm1', 'm3'] as const;
export type CheckNote = {
  caseId: string;
  kind: CheckKind;
  /** The party that was asked; nobody when nobody was reached. */
  partyId?: string;
  way: FollowUpCheckTable['way'];
  reached: boolean;
  kept?: NonNullable<FollowUpCheckTable['kept']>;
  situation?: NonNullable<FollowUpCheckTable['situation']>;
  relationScore?: number;
  tension?: number;
  newNeed?: string;
  next: FollowUpCheckTable['then_what'];
};

const WAIT_OF = { d10: 'check_d10', m1: 'check_m1', m3: 'check_m3' } as const;

/**
 * F6. Takes news ten days, one month and three months after (R16, R22). Each party asked has its line; the check is done with the first
 * that was reached, or with the mediator's word that nobody was. « Reprendre la médiation » is T26 where the agreements still stand.
 * The check after three months may come after the closing: a relapse then is told by reopening (T29).
 */
export async function noteCheck(ctx: CommandContext, by: Staff, input: CheckNote): Promise<void> {
  await onCase(ctx, by, input.caseId, async (act) => {
    const { tx, theCase, text } = act;
    const late = input.kind === 'm3' && ['evaluation', 'closed'].includes(theCase.state);
    if (theCase.state !== 'follow_up' && !late) throw new DomainError('not_allowed_now');
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
        kept: input.kept ?? null,
        situation: input.situation ?? null,
        relation_score: input.relationScore ?? null,
        tension: input.tension ?? null,
        new_need: input.newNeed ? text.seal('follow_up_check', 'new_need', input.newNeed) : null,
        then_what: input.next,
        recorded_by: by.personId,
        at: tx.now,
      })
      .execute();
    await settleDeadlines(tx, theCase.id, [WAIT_OF[input.kind]], 'met');
    if (input.partyId && input.relationScore !== undefined)
      await mark(act, input.partyId, input.kind, input.relationScore);
    await recordChange(tx, {
      caseId: theCase.id,
      code: 'check_noted',
      actor: 'staff',
      personId: by.personId,
      closes: theCase.state === 'closed',
      data: { kind: input.kind, reached: input.reached, situation: input.situation ?? null, next: input.next },
    });
    if (input.next === 'resume_mediation' && theCase.state === 'follow_up') await relapse(act);
  });
}

/** T26: a new cycle; the agreements still stand, or are gathered first. */
async function relapse(act: StaffAct): Promise<void> {
  const { tx, policy, theCase, role } = act;
  await requireAgreements(act);
  await settleDeadlines(tx, theCase.id, ['check_d10', 'check_m1', 'check_m3'], 'cancelled');
  await applyTransition(tx, theCase, {
    name: 'T26',
    by: role,
    code: 'mediation_resumed',
    personId: tx.actor.personId,
    data: { cycle: theCase.cycle + 1 },
    patch: { cycle: theCase.cycle + 1 },
  });
  await openDeadline(tx, policy, { caseId: theCase.id, kind: 'first_session' });
  await openDeadline(tx, policy, { caseId: theCase.id, kind: 'no_note' });
}

async function mark({ tx, theCase }: StaffAct, partyId: string, stage: CheckKind, score: number): Promise<void> {
  await tx.db
    .insertInto('relation_mark')
    .values({
      party_id: partyId,
      case_id: theCase.id,
      town_id: tx.actor.townId,
      cycle: theCase.cycle,
      stage,
      relation: null,
      score,
      at: tx.now,
    })
    .execute();
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
    if (!check && theCase.state === 'follow_up') throw new DomainError('step_missing');
    await applyTransition(tx, theCase, { name: 'T27', by: role, code: 'evaluation_begun', personId: by.personId });
    await settleDeadlines(tx, caseId, ['check_d10', 'check_m1', 'no_note', 'next_step'], 'met');
    await openQuestionnaires(tx, policy, theCase);
    await openPartnerQuestionnaires(tx, policy, theCase);
    await openDeadline(tx, policy, { caseId, kind: 'evaluation' });
  });
}
