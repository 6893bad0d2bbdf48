import { dayAfter } from '../calendar/due.ts';
import { localDay } from '../calendar/town-calendar.ts';
import type { LockedCase } from '../cases/lock-case.ts';
import type { StaffTx, WorkerTx } from '../db/transaction.ts';
import type { PendingStep, StepOutcome } from '../deadlines/pending-step.ts';
import { openWait } from '../deadlines/open-wait.query.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { queueForEach } from '../mail/queue-for-each.ts';
import { type CaseParty, partiesOf } from '../parties/standing.ts';

/** A questionnaire is open for thirty days (spec §4.4). */
const OPEN_DAYS = 30;

/** The last day a questionnaire opened now can be answered (YYYY-MM-DD). */
export function closingDay(policy: TownPolicy, now: Date): string {
  return dayAfter(policy.calendar, localDay(policy.calendar, now), { unit: 'calendar_day', n: OPEN_DAYS });
}

/**
 * Who may be asked what they think: those who said so in their agreement (F3 item 5), and a requester who never was asked for one but said so on
 * the form (F1 `accord_evaluation`). Nobody else is ever asked.
 */
async function willingParties(tx: StaffTx | WorkerTx, caseId: string): Promise<CaseParty[]> {
  const identity = await tx.db
    .selectFrom('case_identity')
    .select('accept_evaluation as accepts')
    .where('case_id', '=', caseId)
    .executeTakeFirstOrThrow();
  return (await partiesOf(tx, caseId)).filter(({ side, agreement, given, ended }) => {
    if (ended) return false;
    const byForm = side === 'requester' && (agreement === 'none' || agreement === 'asked');
    return given.includes('recontact') || (byForm && identity.accepts);
  });
}

/** F7 for each party that may be asked; nobody twice in a cycle. @returns how many are newly asked. */
export async function openQuestionnaires(tx: StaffTx, policy: TownPolicy, theCase: LockedCase): Promise<number> {
  const willing = await willingParties(tx, theCase.id);
  if (willing.length === 0) return 0;
  const opened = await tx.db
    .insertInto('questionnaire')
    .values(
      willing.map(({ id }) => ({
        case_id: theCase.id,
        town_id: tx.actor.townId,
        party_id: id,
        cycle: theCase.cycle,
        opened_at: tx.now,
        closes_on: closingDay(policy, tx.now),
      })),
    )
    .onConflict((conflict) => conflict.columns(['party_id', 'cycle']).doNothing())
    .executeTakeFirst();
  return Number(opened.numInsertedOrUpdatedRows ?? 0);
}

/** The questionnaire, or its one reminder, to those who have not answered and may still be asked; a call where nothing may be written. */
export async function sendQuestionnaires(
  tx: WorkerTx,
  policy: TownPolicy,
  theCase: LockedCase,
  step: PendingStep,
): Promise<StepOutcome> {
  const template = step.template === 'questionnaire' ? 'questionnaire' : 'questionnaire_reminder';
  const open = await tx.db
    .selectFrom('questionnaire as q')
    .innerJoin('party as p', 'p.id', 'q.party_id')
    .select(['p.id', 'p.side'])
    .where('q.case_id', '=', theCase.id)
    .where('q.cycle', '=', theCase.cycle)
    .where('q.answered', '=', false)
    .execute();
  const willing = await willingParties(tx, theCase.id);
  const asked = open.filter(({ id }) => willing.some((one) => one.id === id));
  const call = template === 'questionnaire';
  return queueForEach(tx, policy, theCase, asked, { template, key: step.id, call });
}

/** Is somebody still waited for? Who has left is not; after ten working days nobody is (T28). */
export async function waitsForOpinions(tx: StaffTx, theCase: LockedCase): Promise<boolean> {
  const open = await tx.db
    .selectFrom('questionnaire as q')
    .innerJoin('party as p', 'p.id', 'q.party_id')
    .select('q.id')
    .where('q.case_id', '=', theCase.id)
    .where('q.cycle', '=', theCase.cycle)
    .where('q.answered', '=', false)
    .where('p.ended_at', 'is', null)
    .executeTakeFirst();
  if (!open) return false;
  const wait = await openWait(tx, theCase.id, 'evaluation');
  return wait !== undefined && wait.dueAt > tx.now;
}
