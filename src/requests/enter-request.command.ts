import { typedPast } from '../cases/typed-day.ts';
import type { Staff } from '../cases/triage.command.ts';
import type { CommandContext } from '../command-context.ts';
import { localDay } from '../calendar/town-calendar.ts';
import { beginCase, inTransaction } from '../db/transaction.ts';
import { codeFromNonce } from '../privacy/case-code.ts';
import { type Entry, ENTRY_ORIGINS } from './entry.ts';
import type { SubmitRequest } from './insert-case.ts';
import { openCase } from './open-case.ts';
import { orAsBefore, type Receipt } from './submit-request.command.ts';

/**
 * T1 by somebody of the team for a person (R27, R28): the same case, number, code and waits as by the form on line. Who typed it, by which
 * door and how the person agreed stand in the journal. The same form again gives the same case and the same code.
 * @throws DomainError not_a_day, day_to_come with their field.
 */
export async function enterRequest(
  ctx: CommandContext,
  town: { id: string; kid: string },
  by: Staff & { form: string },
  entry: Entry,
  request: SubmitRequest,
): Promise<Receipt> {
  const caseId = crypto.randomUUID();
  const nonce = `entry|${by.personId}|${by.form}`;
  const code = codeFromNonce(ctx.keys, nonce);
  const policy = await ctx.policies.of(town.id);
  const { channel, raisedBy, agreed } = entry;
  return orAsBefore(ctx, town.id, nonce, async () => {
    const number = await inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) => {
      const saidOn = entry.saidOn
        ? typedPast(policy, tx.now, entry.saidOn, 'said_on')
        : localDay(policy.calendar, tx.now);
      await beginCase(tx, caseId);
      const door = { channel, origin: raisedBy ?? ENTRY_ORIGINS[channel] };
      const typed = {
        personId: by.personId,
        data: { channel, saidOn, agreed, ...(raisedBy ? { raisedBy } : {}) },
      };
      return openCase(tx, ctx, policy, { town, nonce, code, caseId, door, typed }, request);
    });
    return { caseId, number, code, repeated: false };
  });
}
