import { dayAfter } from '../calendar/due.ts';
import { localDay } from '../calendar/town-calendar.ts';
import { holdsData } from '../cases/case-status.ts';
import { CaseText } from '../cases/case-text.ts';
import type { LockedCase } from '../cases/lock-case.ts';
import { onCase } from '../cases/on-case.ts';
import type { Staff } from '../cases/triage.command.ts';
import { typedPast } from '../cases/typed-day.ts';
import type { CommandContext } from '../command-context.ts';
import type { HolderTx, StaffTx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { DomainError } from '../errors.ts';
import { queuePartyMail } from '../mail/queue-party-mail.ts';
import { openStream, recordChange } from '../outbox/record-change.ts';
import { rightsRequestStream } from '../outbox/streams.ts';
import { asHolder } from '../parties/as-holder.ts';
import type { CodeHolder } from '../parties/code-holder.ts';
import { type CaseParty, partyOf } from '../parties/standing.ts';
import { isAsked } from './open-right.ts';
import { type Right, type RightsChannel, type RightsIdentity, type RightsReply } from './rights-status.ts';

export type AskedRight = { right: Right; about?: string; reply: RightsReply };
/** As somebody of the team writes it down for a person who calls, comes or writes. `on`: the day it came, as typed; today when left out. */
export type TypedRight = AskedRight & {
  caseId: string;
  partyId: string;
  channel: Exclude<RightsChannel, 'web'>;
  identity: Exclude<RightsIdentity, 'code'>;
  on?: string;
};

/**
 * F15 by the person, with the code: whatever the case has become, and whether they still take part or not, as long as data are kept.
 * @throws DomainError already_open where the same right is asked already; not_allowed_now once nothing is kept.
 */
export async function askRight(ctx: CommandContext, by: CodeHolder, asked: AskedRight): Promise<void> {
  await asHolder(ctx, by, async (act) => {
    const receivedOn = localDay(act.policy.calendar, act.tx.now);
    const text = new CaseText(ctx.keys, act.theCase);
    await begin({ ...act, text }, { ...asked, channel: 'web', identity: 'code', receivedOn });
  });
}

/** F15 for somebody who asks by phone, at the desk or by letter: the month runs from the day it came. @throws DomainError not_a_day, day_to_come. */
export async function noteRight(ctx: CommandContext, by: Staff, { on, ...asked }: TypedRight): Promise<void> {
  await onCase(ctx, by, asked.caseId, async (act) => {
    const party = await partyOf(act, asked.partyId);
    const { calendar } = act.policy;
    const receivedOn = on ? typedPast(act.policy, act.tx.now, on, 'receivedOn') : localDay(calendar, act.tx.now);
    await begin({ ...act, party }, { ...asked, receivedOn, recordedBy: by.personId });
  });
}

type About = {
  tx: HolderTx | StaffTx;
  policy: TownPolicy;
  theCase: LockedCase;
  text: CaseText;
  party: CaseParty;
};
type Beginning = AskedRight & {
  channel: RightsChannel;
  identity: RightsIdentity;
  receivedOn: string;
  recordedBy?: string;
};

async function begin({ tx, policy, theCase, text, party }: About, asked: Beginning): Promise<void> {
  if (!holdsData(theCase.state)) throw new DomainError('not_allowed_now');
  // One question of a kind at a time: nobody fills a worklist by asking.
  if (await isAsked(tx, party.id, asked.right)) throw new DomainError('already_open', { field: 'right' });
  const id = crypto.randomUUID();
  const stream = rightsRequestStream(id);
  // The month of the law: the same day of the next month, or its last; a closed day moves to the next working day.
  const dueDay = dayAfter(policy.calendar, asked.receivedOn, policy.ladder('rights_request').target);
  await tx.db
    .insertInto('rights_request')
    .values({
      id,
      case_id: theCase.id,
      town_id: tx.actor.townId,
      party_id: party.id,
      right_asked: asked.right,
      about: asked.about ? text.seal('rights_request', 'about', asked.about) : null,
      reply_way: asked.reply,
      channel: asked.channel,
      identity: asked.identity,
      recorded_by: asked.recordedBy ?? null,
      received_on: asked.receivedOn,
      received_at: tx.now,
      due_day: dueDay,
    })
    .execute();
  await openStream(tx, stream, id);
  await openDeadline(tx, policy, {
    caseId: theCase.id,
    stream,
    kind: 'rights_request',
    dueDay,
    partyId: party.id,
    announce: [{ audience: 'leader', template: 'rights_asked' }],
  });
  await recordChange(tx, {
    caseId: theCase.id,
    code: 'rights_asked',
    actor: asked.recordedBy ? 'staff' : party.side === 'other' ? 'party' : 'requester',
    ...(asked.recordedBy ? { personId: asked.recordedBy } : {}),
    data: { rights: id, party: party.id, right: asked.right, channel: asked.channel },
    inside: { stream, subjectId: id, closes: false },
  });
  // On screen, at the desk or on the phone it is said at once: nobody is called about it.
  await queuePartyMail(tx, policy, theCase, party, { template: 'rights_received', key: id, call: false });
}
