import { sql } from 'kysely';
import { localDay } from '../calendar/town-calendar.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { seal } from '../privacy/field-encryption.ts';
import { actorOf, type CodeHolder } from '../parties/code-holder.ts';
import { type Opinion, WITHOUT_OBJECT } from './opinion.form.ts';

/**
 * F7, once per person and cycle. The row that was opened learns that it came back; what was said is written apart, with the month and the
 * kind of case only, its words under a key of the town, not of the case (§3.5, docs/decisions/0010). No journal line: nothing says when somebody gave an opinion.
 * @throws DomainError already_done when it came back before; not_allowed_now when none is open.
 */
export async function giveOpinion(ctx: CommandContext, by: CodeHolder, opinion: Opinion): Promise<void> {
  const policy = await ctx.policies.of(by.townId);
  await inTransaction(ctx.db, actorOf(by), async (tx) => {
    const today = localDay(policy.calendar, tx.now);
    const open = await tx.db
      .selectFrom('questionnaire')
      .select(['id', 'answered'])
      .where('case_id', '=', by.caseId)
      .where('closes_on', '>=', today)
      .orderBy('cycle', 'desc')
      .executeTakeFirst();
    if (!open) throw new DomainError('not_allowed_now');
    const taken = await tx.db
      .updateTable('questionnaire')
      .set({ answered: true })
      .where('id', '=', open.id)
      .where('answered', '=', false)
      .executeTakeFirst();
    if (taken.numUpdatedRows === 0n) throw new DomainError('already_done');
    const theCase = await tx.db
      .selectFrom('mediation_case')
      .select('complexity')
      .where('id', '=', by.caseId)
      .executeTakeFirstOrThrow();
    const { words, talk_better: better, ...said } = opinion;
    await sql`
      insert into questionnaire_answer (town_id, month, pair, complexity, listened, could_say, understood_free, talk_better, talk_better_without_object, situation,
        institution, relation, would_advise, words, may_quote)
      values (${by.townId}, ${`${today.slice(0, 7)}-01`}, pair_of_case(${by.caseId}::uuid), ${theCase.complexity}, ${said.listened}, ${said.could_say},
        ${said.understood_free}, ${better === WITHOUT_OBJECT ? null : better}, ${better === WITHOUT_OBJECT}, ${said.situation}, ${said.institution}, ${said.relation}, ${said.would_advise},
        ${words ? seal(ctx.keys.derived('opinion'), { table: 'questionnaire_answer', column: 'words', caseId: by.townId }, words) : null}, ${said.may_quote})`.execute(
      tx.db,
    );
  });
}
