import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { dayNumber, dayOf } from '../../src/calendar/day.ts';
import { addWorkingDays, instantAt, isWorkingDay, localDay } from '../../src/calendar/town-calendar.ts';
import { takeStep } from '../../src/deadlines/take-step.command.ts';
import { startMailbox } from '../../src/dev/mailbox.ts';
import { startPostgres } from '../../src/dev/postgres.ts';
import { sendMail } from '../../src/mail/send-mail.command.ts';
import { FIRST_LINES } from '../../src/mail/templates.ts';
import { askPartner } from '../../src/partners/ask-partner.command.ts';
import { REPLIES } from '../../src/partners/request-status.ts';
import { cancelRequest, notePhoneAnswer } from '../../src/partners/staff-side.command.ts';
import { Carried } from '../support/agreements.ts';
import { mailContext } from '../support/mails.ts';
import { START, testTown } from '../support/town.ts';

// A simulated year of requests to partners: 16 organisations, 500 requests, contacts away at random. Every due step is taken and every
// due mail sent, in order, on real PostgreSQL and SMTP; Temporal's part is measured by clock.ts. Three numbers must be zero.

const REQUESTS = Number(process.env['REQUESTS'] ?? 500);
const CASES = 50;
const DAYS = 365;

/** The same year each time (mulberry32). */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}
const roll = dice(20_270_111);

const dir = mkdtempSync(path.join(os.tmpdir(), 'passerelle-bench-'));
const postgres = await startPostgres({ dir: path.join(dir, 'postgres'), durable: true });
const parts = path.join(dir, 'parts.json');
writeFileSync(parts, JSON.stringify({ adminUrl: postgres.adminUrl }));
process.env['PASSERELLE_TEST_PARTS'] = parts;
const town = await testTown('ladder');
const mailbox = await startMailbox({ dir: path.join(dir, 'mailbox') });
const mails = mailContext(town, mailbox.smtpUrl);
const worker = town.context('passerelle_worker');
const { calendar } = await worker.policies.of(town.townId);
const first = localDay(calendar, START);
const last = dayOf(dayNumber(first) + DAYS);

const organisations = await town.owner.selectFrom('organisation').select(['id', 'type']).execute();
const contacts = await town.owner.selectFrom('organisation_contact').select(['id', 'organisation_id']).execute();
const asked = organisations.filter(
  ({ id, type }) =>
    contacts.some((contact) => contact.organisation_id === id) && !['police_nationale', 'gendarmerie'].includes(type),
);
for (const { id } of contacts)
  for (let n = 0; n < 3; n += 1) {
    const from = dayNumber(first) + roll(DAYS);
    const to = from + 4 + roll(20);
    await town.owner
      .insertInto('contact_absence')
      .values({ town_id: town.townId, contact_id: id, from_day: dayOf(from), to_day: dayOf(to) })
      .execute();
  }
const people: Carried[] = [];
for (let n = 0; n < CASES; n += 1) {
  const carried = new Carried(town);
  await carried.toFirstContact({ email: `rosa-${n}@courriel.example` });
  people.push(carried);
}

const begun = performance.now();
const workingDays = Array.from({ length: DAYS }, (_, n) => dayOf(dayNumber(first) + n)).filter((day) =>
  isWorkingDay(calendar, day),
);
const askedOn = Array.from({ length: REQUESTS }, () => workingDays[roll(workingDays.length)] ?? first).toSorted();
type Open = { carried: Carried; requestId: string; endsOn: string; how: 'answer' | 'cancel' };
const open: Open[] = [];
let steps = 0;

await moveTo(instantAt(calendar, first, '10:00'));
for (let number = dayNumber(first); number <= dayNumber(last); number += 1) {
  const day = dayOf(number);
  await passUntil(instantAt(calendar, day, '10:00'));
  for (const ending of open.filter(({ endsOn }) => endsOn === day)) {
    const { carried, requestId, how } = ending;
    const on = { caseId: carried.caseId, requestId };
    if (how === 'cancel') await cancelRequest(carried.web, carried.mediator(), on);
    else {
      const reply = REPLIES[roll(REPLIES.length)] ?? 'answered';
      await notePhoneAnswer(carried.web, carried.mediator(), { ...on, reply, referTo: 'La mairie' });
    }
  }
  for (const _ of askedOn.filter((asking) => asking === day)) {
    const carried = people[roll(people.length)];
    const organisation = asked[roll(asked.length)];
    if (!carried || !organisation) continue;
    const requestId = await askPartner(carried.web, carried.mediator(), {
      caseId: carried.caseId,
      organisationId: organisation.id,
      urgency: (['standard', 'standard', 'urgent', 'works'] as const)[roll(4)] ?? 'standard',
      question: 'Que pouvez-vous faire, et pour quand ?',
    });
    // One in five is never answered; a few are not asked any more.
    const how = roll(10) === 0 ? 'cancel' : 'answer';
    if (roll(5) > 0) open.push({ carried, requestId, endsOn: addWorkingDays(calendar, day, 1 + roll(30)), how });
  }
}
await passUntil(instantAt(calendar, last, '18:00'));
const seconds = (performance.now() - begun) / 1_000;

const sent = await town.owner
  .selectFrom('mail')
  .select(['contact_id', 'accepted_at', 'state'])
  // A mail that holds nothing but new requests is no reminder: it is never held back.
  .select(
    sql<boolean>`exists (select 1 from mail_item m where m.mail_id = mail.id and m.template <> all (${[...FIRST_LINES]}::text[]))`.as(
      'reminds',
    ),
  )
  .where('contact_id', 'is not', null)
  .execute();
const accepted = sent.filter(({ state }) => state === 'accepted');
const closedDays = accepted.filter(
  ({ accepted_at }) => !accepted_at || !isWorkingDay(calendar, localDay(calendar, accepted_at)),
);
const perDay = new Map<string, number>();
for (const { contact_id, accepted_at, reminds } of accepted) {
  if (!reminds || !accepted_at) continue;
  const day = `${contact_id} ${localDay(calendar, accepted_at)}`;
  perDay.set(day, (perDay.get(day) ?? 0) + 1);
}
const twiceADay = [...perDay.values()].filter((count) => count > 1).length;
// The seven rows of the ladder of §4.4, the first mail among them; asking where an action stands is none of them.
const beyond = await one(sql`
  select count(*) as n from (select s.stream_id from step s join deadline d on d.id = s.deadline_id
    where s.stream_id like 'partner-request/%' and s.state = 'done' and d.kind <> 'partner_action'
    group by s.stream_id having count(*) > 7) r`);
// Somebody is reminded some day, or it is a task in somebody's worklist, or a point of the agenda. That an answer came is to be read and
// moves nothing by itself, but where the partner asks for more: then the team is whom everything waits for.
const forgotten = await one(sql`
  select count(*) as n from partner_request r where r.state in ('sent', 'acknowledged', 'in_hand', 'needs_info')
    and not exists (select 1 from go_item g where g.request_id = r.id and g.settled_at is null)
    and not exists (select 1 from deadline d where d.request_id = r.id and d.state = 'open'
      and (d.kind <> 'task_partner_answered' or r.state = 'needs_info'))
    and not exists (select 1 from step s where s.stream_id = 'partner-request/' || r.id and s.state = 'pending')`);
const escalations = await one(sql`select count(*) as n from go_item`);
const passedOn = await one(
  sql`select count(*) as n from step where stream_id like 'partner-request/%' and outcome = 'passed_on'`,
);
const nobody = await one(
  sql`select count(*) as n from step where stream_id like 'partner-request/%' and outcome in ('nobody_to_tell', 'task_made')`,
);
const skipped = await one(
  sql`select count(*) as n from step where stream_id like 'partner-request/%' and state = 'skipped'`,
);

const [cpu] = os.cpus();
console.log(`${os.cpus().length} × ${cpu?.model ?? 'processor'}, ${(os.totalmem() / 2 ** 30).toFixed(0)} GB`);
console.log(
  `${DAYS} days, ${organisations.length} organisations (${asked.length} asked), ${askedOn.length} requests: ${steps} steps in ${seconds.toFixed(0)} s`,
);
console.log(
  `mails to contacts ${accepted.length}, steps passed on ${passedOn}, with nobody there ${nobody}, skipped ${skipped}, on the agenda of the GO ${escalations}`,
);
console.log(`mails on closed days: ${closedDays.length}`);
console.log(
  `beyond the caps: ${twiceADay} contacts with two reminder mails on a day, ${beyond} requests with more than the seven steps of the ladder`,
);
console.log(`requests without a next step: ${forgotten}`);
await mails.smtp.close();
await mailbox.stop();
await town.close();
await postgres.stop();
rmSync(dir, { recursive: true, force: true });
process.exit(closedDays.length + twiceADay + beyond + forgotten === 0 ? 0 : 1);

async function one(query: ReturnType<typeof sql>): Promise<number> {
  const found = await query.execute(town.owner);
  const [row] = found.rows as { n: string }[];
  return Number(row?.n);
}

async function moveTo(at: Date): Promise<void> {
  await sql`select advance_clock(${town.townId}::uuid, ${at})`.execute(town.owner);
}

/** From due to due, as the clock's traveller does: what is due is taken, what it wrote is sent, before anything later. */
async function passUntil(until: Date): Promise<void> {
  for (;;) {
    const next = await sql<{ at: Date | null }>`
      select least((select min(at) from step where state = 'pending' and stream_id not like 'daily/%' and at <= ${until}),
                   (select min(not_before) from mail where state = 'queued' and not_before <= ${until})) as at`.execute(
      town.owner,
    );
    const at = next.rows[0]?.at;
    if (!at) return moveTo(until);
    const now = await sql<{ now: Date }>`select business_now(${town.townId}::uuid) as now`.execute(town.owner);
    if ((now.rows[0]?.now ?? at) < at) await moveTo(at);
    const due = await sql<{ id: string }>`
      select id from step where state = 'pending' and stream_id not like 'daily/%' and at <= ${at} order by at, ordinal`.execute(
      town.owner,
    );
    for (const { id } of due.rows) await takeStep(worker, town.townId, id);
    steps += due.rows.length;
    const owed = await sql<{ id: string }>`select id from mail where state = 'queued' and not_before <= ${at}`.execute(
      town.owner,
    );
    for (const { id } of owed.rows) await sendMail(mails, town.townId, id);
  }
}
