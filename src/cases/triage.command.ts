import { applyTransition } from './apply-transition.ts';
import { CaseText } from './case-text.ts';
import { requireDangerDecided } from './danger-wait.ts';
import { type LockedCase, lockCase, requireLeader } from './lock-case.ts';
import { NOTHING_HELD, stopEverything } from './stop-everything.ts';
import { takeAnswer } from './take-answer.ts';
import type { CommandContext } from '../command-context.ts';
import type { CaseDomain, Complexity, Nature } from '../db/tables/case.ts';
import { inTransaction, keepInSight, type StaffTx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import { DomainError } from '../errors.ts';
import { queueRequesterMail } from '../mail/queue-requester-mail.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { writeRedirection } from './write-redirection.ts';

/** `form`: the id of the form of the page that was sent (`formId`). */
export type Staff = { townId: string; personId: string; form?: string };
export type Triage = { tx: StaffTx; policy: TownPolicy; theCase: LockedCase };

/** Locks the case for its leader; T3 is taken with the first act of triage, with its own line in the journal. */
export async function triaging<T>(
  ctx: CommandContext,
  by: Staff,
  caseId: string,
  run: (triage: Triage) => Promise<T>,
): Promise<T> {
  const policy = await ctx.policies.of(by.townId);
  return inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) =>
    run({ tx, policy, theCase: await inTriage(tx, caseId) }),
  );
}

/** The case, locked for its leader, in triage from here on. */
export async function inTriage(tx: StaffTx, caseId: string): Promise<LockedCase> {
  const locked = await lockCase(tx, caseId);
  requireLeader(locked);
  if (locked.state !== 'received') return locked;
  const { personId } = tx.actor;
  return applyTransition(tx, locked, { name: 'T3', by: 'leader', code: 'triage_started', personId });
}

/** T3. The leader begins to read; the person reads « Nous lisons votre demande ». A second click changes nothing. */
export async function startTriage(ctx: CommandContext, by: Staff, caseId: string): Promise<void> {
  await triaging(ctx, by, caseId, async ({ theCase }) => {
    if (theCase.state !== 'in_triage') throw new DomainError('not_allowed_now');
  });
}

/** T4. One question in simple words; ten working days, one reminder (spec §4.4). */
export async function askQuestion(
  ctx: CommandContext,
  by: Staff,
  input: { caseId: string; question: string },
): Promise<void> {
  await triaging(ctx, by, input.caseId, async ({ tx, policy, theCase }) => {
    await settleDeadlines(tx, theCase.id, ['triage'], 'met');
    const asked = await applyTransition(tx, theCase, {
      name: 'T4',
      by: 'leader',
      code: 'question_asked',
      personId: by.personId,
    });
    await tx.db
      .insertInto('case_message')
      .values({
        case_id: theCase.id,
        town_id: by.townId,
        kind: 'question',
        author_id: by.personId,
        body: new CaseText(ctx.keys, theCase).seal('case_message', 'body', input.question),
        at: tx.now,
      })
      .execute();
    await openDeadline(tx, policy, {
      caseId: asked.id,
      kind: 'more_info',
      announce: [{ audience: 'requester', template: 'question' }],
    });
  });
}

/** T5, told by phone, at the desk or by letter: whoever took it writes it down. */
export async function noteAnswer(
  ctx: CommandContext,
  by: Staff,
  input: { caseId: string; answer: string },
): Promise<void> {
  const policy = await ctx.policies.of(by.townId);
  await inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) => {
    const theCase = await lockCase(tx, input.caseId);
    requireLeader(theCase);
    await takeAnswer(tx, ctx, policy, theCase, { text: input.answer, takenBy: by.personId });
  });
}

/** T7. Another service can help better; the person is told which. @throws DomainError danger_undecided. */
export async function redirectCase(
  ctx: CommandContext,
  by: Staff,
  input: { caseId: string; motive: string; target: string },
): Promise<void> {
  await triaging(ctx, by, input.caseId, async ({ tx, policy, theCase }) => {
    await requireDangerDecided(tx, theCase.id);
    await stopEverything(tx, policy, theCase);
    const redirected = await applyTransition(tx, theCase, {
      name: 'T7',
      by: 'leader',
      code: 'case_redirected',
      personId: by.personId,
      data: { motive: input.motive },
      patch: NOTHING_HELD,
    });
    await writeRedirection(tx, new CaseText(ctx.keys, theCase), theCase.id, input);
    await queueRequesterMail(tx, policy, redirected, {
      template: 'redirected',
      key: String(tx.now.getTime()),
      call: true,
    });
  });
}

export type Acceptance = {
  caseId: string;
  domain: CaseDomain;
  complexity: Complexity;
  tension: 1 | 2 | 3 | 4;
  /** Tension felt before something happens, with nobody on the other side yet (R8). */
  preventive?: boolean;
  /** What the mediation is for (R7); what was said before stays where it is left out. */
  natures?: Nature[];
  /** The quarter that gives the team, for a case that has none yet. */
  quarter?: string;
};

/**
 * T9. In scope: a mediator is looked for, within one working day (spec §4.4).
 * @throws DomainError unknown_choice when the quarter is not one of this town (B-18), when the case has its team already, or when it has no sector and
 * none is chosen.
 */
export async function acceptCase(ctx: CommandContext, by: Staff, input: Acceptance): Promise<void> {
  await triaging(ctx, by, input.caseId, async ({ tx, policy, theCase }) => {
    const quarter = input.quarter
      ? await tx.db.selectFrom('quarter').select('team_id').where('code', '=', input.quarter).executeTakeFirst()
      : undefined;
    if (input.quarter ? !quarter || theCase.teamId !== null : !(await hasSector(tx, theCase.id)))
      throw new DomainError('unknown_choice', { field: 'quarter' });
    // The quarter may be another team's: the case leaves the leader's sight with it.
    if (quarter) await keepInSight(tx, theCase.id);
    await settleDeadlines(tx, theCase.id, ['triage'], 'met');
    await applyTransition(tx, theCase, {
      name: 'T9',
      by: 'leader',
      code: 'case_accepted',
      personId: by.personId,
      data: {
        domain: input.domain,
        complexity: input.complexity,
        tension: input.tension,
        ...(input.natures ? { natures: input.natures.join(',') } : {}),
      },
      patch: {
        domain: input.domain,
        complexity: input.complexity,
        tension: input.tension,
        preventive: input.preventive ?? false,
        ...(input.natures ? { natures: input.natures } : {}),
        ...(quarter && input.quarter ? { quarter_code: input.quarter, team_id: quarter.team_id } : {}),
      },
    });
    await tx.db
      .insertInto('tension_mark')
      .values({
        case_id: theCase.id,
        town_id: by.townId,
        cycle: theCase.cycle,
        stage: 'start',
        level: input.tension,
        at: tx.now,
      })
      .execute();
    await openDeadline(tx, policy, { caseId: theCase.id, kind: 'assignment' });
    await openDeadline(tx, policy, { caseId: theCase.id, kind: 'case_review' });
    await openDeadline(tx, policy, { caseId: theCase.id, kind: 'long_case' });
  });
}

async function hasSector(tx: StaffTx, caseId: string): Promise<boolean> {
  const row = await tx.db
    .selectFrom('mediation_case')
    .select('quarter_code')
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  return row.quarter_code !== null;
}
