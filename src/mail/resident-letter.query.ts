import { sql } from 'kysely';
import { caseNumber, shortCodeWord } from '../../emails/components/mail-words.ts';
import { reopenUntil } from '../cases/reopen-until.ts';
import type { WorkerTx } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import type { KeyRing } from '../privacy/key-ring.ts';
import { formatShortCode, shortCode } from '../privacy/short-code.ts';
import type { MailRow } from './mail-row.ts';
import type { ResidentContent } from './render.ts';
import { isStillAsked } from './still-asked.query.ts';
import { REQUESTER_TEMPLATES } from './templates.ts';
import { waitOfMail } from './wait-of-mail.query.ts';

/** What of its case a mail to the people of it may say. */
export type SpokenCase = {
  id: string;
  number: string;
  receivedAt: Date;
  closedAt: Date | null;
  reachedAt: Date | null;
};

/** News of a case, for whoever asked or the other party; none of what is asked no more. */
export async function residentNews(
  tx: WorkerTx,
  policy: TownPolicy,
  theCase: SpokenCase,
  mail: MailRow,
): Promise<ResidentContent | undefined> {
  const template = REQUESTER_TEMPLATES.find((known) => known === mail.template);
  if (!template || !(await isStillAsked(tx, mail))) return undefined;
  const { id, number, receivedAt } = theCase;
  const dueDay =
    template === 'closed' ? lastDayToComeBack(policy, theCase) : (await waitOfMail(tx, id, template))?.dueDay;
  return { template, number: caseNumber(number), toParty: mail.party_id !== null, receivedAt, dueDay };
}

/** The closing text prints the date (T29). */
function lastDayToComeBack(policy: TownPolicy, { closedAt, reachedAt }: SpokenCase): string | undefined {
  return closedAt ? reopenUntil(policy, { closedAt, reachedAt }) : undefined;
}

/** The code that lives now; an older one, or one that ended while the mail waited, is not sent any more. */
export async function residentCode(
  tx: WorkerTx,
  keys: KeyRing,
  theCase: SpokenCase,
  partyId: string | null,
): Promise<ResidentContent | undefined> {
  const live = await tx.db
    .selectFrom('access')
    .select('id')
    .where('case_id', '=', theCase.id)
    .where('purpose', '=', partyId ? 'party_mail_code' : 'mail_code')
    .where('party_id', partyId ? '=' : 'is', partyId)
    .where('used_at', 'is', null)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', sql<Date>`clock_timestamp()`)
    .executeTakeFirst();
  const code = live && shortCodeWord(formatShortCode(shortCode(keys, live.id)));
  return code && { template: 'short_code', number: caseNumber(theCase.number), toParty: partyId !== null, code };
}
