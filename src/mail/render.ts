import { createElement } from 'react';
import { render, toPlainText } from 'react-email';
import { Day } from '../../emails/day.tsx';
import { Notice } from '../../emails/notice.tsx';
import type { MailFrame } from '../../emails/components/mail-layout.tsx';
import type { MessageKey, Translate } from '../i18n/catalogue.ts';
import type { DayItem, MailTemplate, RequesterTemplate, StaffNowTemplate } from './templates.ts';

/** What a mail may say: a number, days, our origin, the service's phone. There is no field for anything else (T-31). */
export type MailFacts = {
  t: Translate;
  town: { name: string; phone: string; isDemo: boolean };
  /** Our own origin, without a slash at the end. */
  origin: string;
  today: string;
} & (
  | { template: RequesterTemplate; number: string; dueDay: string | undefined }
  | { template: Exclude<StaffNowTemplate, 'invitation'>; number: string; caseId: string; dueDay: string | undefined }
  | { template: 'day'; lines: readonly { number: string; template: DayItem; dueDay: string | undefined }[] }
);
export type RenderedMail = { subject: string; html: string; text: string };

/** Makes subject, HTML and a text of equal content. */
export async function renderMail(facts: MailFacts): Promise<RenderedMail> {
  const element = facts.template === 'day' ? createElement(Day, dayMail(facts)) : createElement(Notice, notice(facts));
  const html = await render(element);
  return { subject: element.props.title, html, text: toPlainText(html) };
}

type Frame = Omit<MailFrame, 'title' | 'preview' | 'paragraphs' | 'button'>;

function frame({ t, town }: MailFacts): Frame {
  return {
    lang: t.tag,
    dir: t.direction,
    service: t('mail.service', { town: town.name }),
    fictional: town.isDemo ? t('mail.fictional') : undefined,
    addressHint: t('mail.address'),
    nothingHappens: t('mail.nothing_happens'),
    phone: t('mail.phone', { phone: town.phone }),
  };
}

function dayMail(facts: Extract<MailFacts, { template: 'day' }>) {
  const { t, lines } = facts;
  const title = t('mail.day.subject', { count: lines.length, date: t.longDate(facts.today) });
  return {
    ...frame(facts),
    title,
    preview: title,
    paragraphs: [t('mail.day.1')],
    lines: lines.map((line) => ({ number: line.number, what: lineText(t, line.template, line.dueDay) })),
    button: { label: t('mail.day.button'), href: `${facts.origin}/equipe` },
  };
}

function lineText(t: Translate, template: DayItem, dueDay: string | undefined): string {
  const what = t(`mail.line.${template}`);
  return dueDay === undefined ? what : t('mail.line.due', { what, date: t.longDate(dueDay) });
}

function notice(facts: Exclude<MailFacts, { template: 'day' }>): MailFrame {
  const { t, number, template } = facts;
  const date = facts.dueDay === undefined ? '' : t.longDate(facts.dueDay);
  if (template === 'danger_alert' || template === 'assignment') {
    const title = t(`mail.${template}.subject`, { number });
    return {
      ...frame(facts),
      title,
      preview: title,
      paragraphs: [t(`mail.${template}.1`, { number }), t(`mail.${template}.2`, { date })],
      button: { label: t('mail.staff.button', { number }), href: `${facts.origin}/equipe/demandes/${facts.caseId}` },
    };
  }
  const title = t('mail.requester.subject', { number });
  const keys: MessageKey[] = [`mail.${template}.1`, `mail.${template}.2`, 'mail.requester.code'];
  return {
    ...frame(facts),
    title,
    preview: title,
    paragraphs: keys.map((key) => t(key, { date })),
    button: { label: t('mail.requester.button', { number }), href: `${facts.origin}/suivi` },
  };
}

/** Every template this service sends, for tests that render them all. */
export const RENDERED_TEMPLATES: readonly MailTemplate[] = [
  'acknowledgement',
  'question',
  'question_reminder',
  'redirected',
  'closed',
  'danger_alert',
  'assignment',
  'day',
];
