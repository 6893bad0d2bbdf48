import type { MessageKey, Translate } from '../i18n/catalogue.ts';
import { DAY_ITEMS } from '../mail/templates.ts';
import { POSITIONS } from '../partners/who-is-asked.ts';
import type { TimelineEntry } from '../ui/timeline.tsx';
import type { CaseEvent } from './case-events.query.ts';
import type { CaseView } from './case-view.query.ts';
import { partyName } from './party-choice.tsx';
import { mailName } from './sent-mail.ts';
import { waitNameOn } from './wait-name.ts';

/** The whole story of a case, newest first: what will happen if nobody acts, then what happened, mails not sent included. */
export function caseStory(t: Translate, view: CaseView): TimelineEntry[] {
  return [...planned(t, view), ...view.events.map((event) => entryOf(t, view, event))];
}

/** What happened since a page was opened, newest first. @param seen the last line of the journal that page knew. */
export function storySince(t: Translate, view: CaseView, seen: number): TimelineEntry[] {
  return view.events.filter(({ seq }) => seq > seen).map((event) => entryOf(t, view, event));
}

function planned(t: Translate, view: CaseView): TimelineEntry[] {
  return view.waits
    .toSorted((one, other) => Number(other.nextAt) - Number(one.nextAt))
    .flatMap((wait) =>
      wait.nextAt && wait.nextAction
        ? [
            {
              kind: 'planned' as const,
              date: t.shortDate(wait.nextAt),
              time: t.hour(wait.nextAt),
              datetime: wait.nextAt.toISOString(),
              what: waitNameOn(t, view, wait),
              detail: t(`staff.then.${wait.nextAction}`),
            },
          ]
        : [],
    );
}

const REASONS = new Set([
  'danger',
  'minor',
  'asked_not_to_write',
  'no_address',
  'overtaken',
  'nobody_to_tell',
  'already_queued',
]);

function entryOf(t: Translate, view: CaseView, event: CaseEvent): TimelineEntry {
  const base = {
    date: t.shortDate(event.at),
    time: t.hour(event.at),
    datetime: event.at.toISOString(),
    what: eventName(t, view, event),
  };
  const template = typeof event.data['template'] === 'string' ? event.data['template'] : undefined;
  const about =
    template && MAIL_LINES.has(template) ? t(`workmail.line.${template}` as MessageKey) : mailName(t, template);
  const asked = whoWasAsked(t, view, event);
  if (event.code === 'step_skipped') {
    const outcome = String(event.data['outcome']);
    const why = REASONS.has(outcome) ? t(`staff.why.${outcome}` as MessageKey) : about;
    return { ...base, kind: 'mail-skipped', detail: joined(asked, why) };
  }
  if (event.code === 'mail_settled')
    return {
      ...base,
      kind: event.data['state'] === 'accepted' ? 'mail' : 'mail-skipped',
      detail: joined(asked, sentAs(t, event.data)),
    };
  if (event.code === 'step_taken') return { ...base, ...stepTaken(t, event, joined(asked, about)) };
  return { ...base, kind: 'act', detail: joined(asked, saidOf(t, event), event.person) };
}

/** What a step came to: something was written, or nobody was and somebody has to act. */
function stepTaken(
  t: Translate,
  { data }: CaseEvent,
  about: string | undefined,
): Pick<TimelineEntry, 'kind' | 'detail'> & Partial<Pick<TimelineEntry, 'what'>> {
  const outcome = data['outcome'];
  if (outcome === 'task_made' || outcome === 'on_agenda')
    return { what: t(`staff.step.${outcome}`), kind: 'escalation', detail: about };
  const escalates = data['action'] === 'escalate';
  return {
    kind: escalates ? 'escalation' : 'mail',
    detail: outcome === 'passed_on' ? joined(about, t('staff.why.passed_on')) : about,
  };
}

/** The organisation a line is about, by name, and who there was written to, by position; the team may read both. */
function whoWasAsked(t: Translate, view: CaseView, { data }: CaseEvent): string | undefined {
  const name =
    view.organisations.find(({ id }) => id === data['organisation'])?.name ??
    view.requests.find(({ id }) => id === data['request'])?.organisation;
  const positions = POSITIONS.filter((one) =>
    `${String(data['positions'] ?? data['position'] ?? '')},`.includes(`${one},`),
  );
  return joined(name, ...positions.map((one) => t(`staff.position.${one}`)));
}

/** What a line of the journal says beside who did it: by which door a request came (R27), a danger and who said it, what was decided (R85, R43). */
function saidOf(t: Translate, { code, data, person }: CaseEvent): string | undefined {
  if (code === 'request_received')
    return joined(
      known(t, 'entry.channel', data['channel']),
      typeof data['saidOn'] === 'string' ? t('staff.entry.said', { date: t.longDateYear(data['saidOn']) }) : null,
      known(t, 'entry.agreed', data['agreed']),
    );
  if (code === 'danger_decided')
    return joined(
      known(t, 'decision', data['decision']),
      data['ground'] === 'none' ? null : known(t, 'ground', data['ground']),
    );
  if (code === 'passage_masked')
    return joined(known(t, 'mask.of', data['of']), known(t, 'mask.reason', data['reason']));
  if (code === 'visit_decided') return t(data['allowed'] === true ? 'staff.visit.allowed' : 'staff.visit.refused');
  if (code.startsWith('rights_')) return known(t, 'right', data['right']);
  if (code !== 'danger_raised') return undefined;
  const outside = data['party'] ? 'party' : data['organisation'] ? undefined : 'requester';
  return joined(
    person || !outside ? null : t(`staff.for.${outside}`),
    known(t, 'inDanger', data['who']),
    data['family'] === true ? t('staff.inDanger.family') : null,
  );
}

/** A code of the journal in words; nothing where an older line has none. */
function known(t: Translate, room: string, code: unknown): string | undefined {
  return typeof code === 'string' ? t(`staff.${room}.${code}` as MessageKey) : undefined;
}

function joined(...parts: (string | null | undefined)[]): string | undefined {
  return parts.filter(Boolean).join(' · ') || undefined;
}

/** A message says between whom, a share with which organisation (R103); the rest is called by its code. */
function eventName(t: Translate, view: CaseView, { code, data }: CaseEvent): string {
  const party = view.parties.find(({ id }) => id === data['party']);
  if (party && (code === 'message_received' || code === 'message_sent'))
    return t(`staff.event.${code}.party`, { who: partyName(t, party, view.identity.firstName) });
  const organisation = view.organisations.find(({ id }) => id === data['organisation']);
  if (organisation && code === 'share_allowed')
    return t('staff.event.share_allowed.with', { organisation: organisation.name });
  return t(`staff.event.${code}` as MessageKey);
}

function sentAs(t: Translate, data: CaseEvent['data']): string {
  const state = t(`staff.mail.${String(data['state'])}` as MessageKey);
  const what = mailName(t, data['item']) ?? mailName(t, data['template']);
  return what ? t('staff.sent.line', { what, state }) : state;
}

const MAIL_LINES: ReadonlySet<string> = new Set(DAY_ITEMS);
