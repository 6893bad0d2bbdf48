import { sql } from 'kysely';
import { holdsData } from '../cases/case-status.ts';
import { onCase } from '../cases/on-case.ts';
import type { Staff } from '../cases/triage.command.ts';
import type { CommandContext } from '../command-context.ts';
import { DomainError } from '../errors.ts';
import { queuePartyMail } from '../mail/queue-party-mail.ts';
import { recordChange } from '../outbox/record-change.ts';
import { codeHash } from '../privacy/case-code.ts';
import type { CheckWithoutCode } from '../rights/rights-status.ts';
import { handedAccessId, handedCode, type Handing } from './handed-code.ts';
import { partyOf } from './standing.ts';

/**
 * « Remettre un nouveau code » (C-2, R29): for one party who has lost theirs and has no mailbox, once whoever works on the case knows that it is they.
 * What the old code was and opened ends, of that party only; the owner of an address on file is told, without the code (v5.0.0-6.3.7).
 * @throws DomainError not_allowed_now where nothing is kept any more, or this page's code has itself been replaced; unknown_choice, not_your_case.
 */
export async function handCode(
  ctx: CommandContext,
  by: Staff,
  input: Handing & { caseId: string; identity: CheckWithoutCode },
): Promise<void> {
  await onCase(ctx, by, input.caseId, async (act) => {
    const { tx, policy, theCase } = act;
    const party = await partyOf(act, input.partyId);
    const gone = tx.db.selectFrom('party_identity').select('party_id').where('party_id', '=', party.id).where('erased_at', 'is not', null); // prettier-ignore
    if (!holdsData(theCase.state) || (await gone.executeTakeFirst())) throw new DomainError('not_allowed_now');
    const accessId = handedAccessId(input);
    const known = tx.db.selectFrom('access').select('id').where('id', '=', accessId);
    if (await known.executeTakeFirst()) throw new DomainError('not_allowed_now');
    const hash = codeHash(ctx.keys, handedCode(ctx.keys, party.side, input));
    await sql`select hand_code(${party.id}::uuid, ${accessId}::uuid, ${hash})`.execute(tx.db);
    await recordChange(tx, {
      caseId: theCase.id,
      code: 'code_handed',
      actor: 'staff',
      personId: by.personId,
      data: { party: party.id, identity: input.identity },
    });
    await queuePartyMail(tx, policy, theCase, party, { template: 'code_replaced', key: accessId, call: false });
  });
}
