import { typedPast } from '../cases/typed-day.ts';
import type { Staff } from '../cases/triage.command.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import type { Entry } from './entry.ts';
import { insertObservation, type PlaceSignal } from './insert-observation.ts';
import { orAsSignalled, type SignalReceipt } from './signal-place.command.ts';

/**
 * A place told without a name to somebody of the team (R28, spec §3.7): the same observation as on line, with its door and whoever typed it. The
 * same form again is one observation.
 * @throws DomainError not_a_day, day_to_come with their field.
 */
export async function enterSignal(
  ctx: CommandContext,
  town: { id: string; kid: string },
  by: Staff & { form: string },
  { channel, saidOn }: Pick<Entry, 'channel' | 'saidOn'>,
  signal: PlaceSignal,
): Promise<SignalReceipt> {
  const nonce = `entry|${by.personId}|${by.form}`;
  const policy = await ctx.policies.of(town.id);
  return orAsSignalled(ctx, town.id, nonce, () =>
    inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) => {
      const door = {
        channel,
        enteredBy: by.personId,
        ...(saidOn ? { saidOn: typedPast(policy, tx.now, saidOn, 'said_on') } : {}),
      };
      await insertObservation(tx, ctx, { town, nonce }, signal, door);
      return { observedAt: tx.now, repeated: false };
    }),
  );
}
