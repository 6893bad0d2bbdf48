import { holdsData } from '../cases/case-status.ts';
import { onCase, type StaffAct } from '../cases/on-case.ts';
import type { Staff } from '../cases/triage.command.ts';
import type { CommandContext } from '../command-context.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import { DomainError } from '../errors.ts';
import { queuePartyMail } from '../mail/queue-party-mail.ts';
import { recordChange } from '../outbox/record-change.ts';
import { partyOf } from './standing.ts';

/**
 * A message of the team to one party, the requester or the other side alike: it stands on that party's own page, and a mail says that it is
 * there, or somebody calls. What that party wrote is read by then. Whoever stopped finds it on the page and is not written to.
 * Whoever writes after the end is answered too. @throws DomainError not_allowed_now once nothing is kept, or while a danger holds every message back (R85).
 */
export async function writeToParty(
  ctx: CommandContext,
  by: Staff,
  input: { caseId: string; partyId: string; message: string },
): Promise<void> {
  await onCase(ctx, by, input.caseId, async (act) => {
    const { tx, policy, theCase } = act;
    if (!holdsData(theCase.state) || theCase.danger) throw new DomainError('not_allowed_now');
    const party = await partyOf(act, input.partyId);
    const id = crypto.randomUUID();
    if (party.side === 'requester') await toRequester(act, by, id, input.message);
    else await toOther(act, by, { id, partyId: party.id, message: input.message });
    await settleDeadlines(tx, theCase.id, ['task_read_message'], 'met', { partyId: party.id });
    await recordChange(tx, {
      caseId: theCase.id,
      code: 'message_sent',
      actor: 'staff',
      personId: by.personId,
      data: { party: party.id },
    });
    if (!party.ended)
      await queuePartyMail(tx, policy, theCase, party, { template: 'team_message', key: id, call: true });
  });
}

async function toRequester({ tx, theCase, text }: StaffAct, by: Staff, id: string, message: string): Promise<void> {
  await tx.db
    .insertInto('case_message')
    .values({
      id,
      case_id: theCase.id,
      town_id: by.townId,
      kind: 'team_message',
      author_id: by.personId,
      body: text.seal('case_message', 'body', message),
      at: tx.now,
    })
    .execute();
}

async function toOther(
  { tx, theCase, text }: StaffAct,
  by: Staff,
  { id, partyId, message }: { id: string; partyId: string; message: string },
): Promise<void> {
  await tx.db
    .insertInto('party_message')
    .values({
      id,
      party_id: partyId,
      case_id: theCase.id,
      town_id: by.townId,
      from_team: true,
      author_id: by.personId,
      body: text.seal('party_message', 'body', message),
      at: tx.now,
    })
    .execute();
}
