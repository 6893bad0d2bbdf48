import type { MessageKey, Translate } from '../i18n/catalogue.ts';
import { DAY_ITEMS } from '../mail/templates.ts';
import type { TimelineEntry } from '../ui/timeline.tsx';
import type { CaseView } from './case-view.query.ts';
import { mailName } from './sent-mail.ts';
import { waitName } from './wait-name.ts';

/** The whole story of a case, newest first: what will happen if nobody acts, then what happened, mails not sent included. */
export function caseStory(t: Translate, view: CaseView): TimelineEntry[] {
  return [...planned(t, view), ...view.events.map((event) => entryOf(t, event))];
}

/** What happened since a page was opened, newest first. @param seen the last line of the journal that page knew. */
export function storySince(t: Translate, view: CaseView, seen: number): TimelineEntry[] {
  return view.events.filter(({ seq }) => seq > seen).map((event) => entryOf(t, event));
}

function planned(t: Translate, view: CaseView): TimelineEntry[] {
  return view.waits
    .filter((wait) => wait.nextAt !== null)
    .toReversed()
    .flatMap((wait) =>
      wait.nextAt && wait.nextAction
        ? [
            {
              kind: 'planned' as const,
              date: t.shortDate(wait.nextAt),
              time: t.hour(wait.nextAt),
              datetime: wait.nextAt.toISOString(),
              what: waitName(t, wait),
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

function entryOf(t: Translate, event: CaseView['events'][number]): TimelineEntry {
  const base = {
    date: t.shortDate(event.at),
    time: t.hour(event.at),
    datetime: event.at.toISOString(),
    what: t(`staff.event.${event.code}` as MessageKey),
  };
  const template = typeof event.data['template'] === 'string' ? event.data['template'] : undefined;
  const about = template && MAIL_LINES.has(template) ? t(`mail.line.${template}` as MessageKey) : mailName(t, template);
  if (event.code === 'step_skipped') {
    const outcome = String(event.data['outcome']);
    return {
      ...base,
      kind: 'mail-skipped',
      detail: REASONS.has(outcome) ? t(`staff.why.${outcome}` as MessageKey) : about,
    };
  }
  if (event.code === 'mail_settled')
    return {
      ...base,
      kind: event.data['state'] === 'accepted' ? 'mail' : 'mail-skipped',
      detail: sentAs(t, event.data),
    };
  if (event.code === 'step_taken')
    return { ...base, kind: event.data['action'] === 'escalate' ? 'escalation' : 'mail', detail: about };
  return { ...base, kind: 'act', detail: event.person ?? undefined };
}

function sentAs(t: Translate, data: CaseView['events'][number]['data']): string {
  const state = t(`staff.mail.${String(data['state'])}` as MessageKey);
  const what = mailName(t, data['template']);
  return what ? t('staff.sent.line', { what, state }) : state;
}

const MAIL_LINES: ReadonlySet<string> = new Set(DAY_ITEMS);
