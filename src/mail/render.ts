import { createElement, type ReactElement } from 'react';
import { render, toPlainText } from 'react-email';
import {
  type CaseNumber,
  ownUrl,
  type Said,
  sayer,
  type ShortCode,
  type TownWords,
} from '../../emails/components/mail-words.ts';
import { DayMail, daySubject, dayText } from '../../emails/day.tsx';
import { PartnerCodeMail, PartnerMail, partnerSubject } from '../../emails/partner.tsx';
import { RequesterMail, requesterSubject } from '../../emails/requester.tsx';
import { ShortCodeMail, shortCodeSubject } from '../../emails/short-code.tsx';
import { StaffNowMail, type StaffNowMailProps, staffNowSubject } from '../../emails/staff-now.tsx';
import type { Day } from '../calendar/day.ts';
import type { PublicTranslate, Translate } from '../i18n/catalogue.ts';
import {
  type Alert,
  type DayItem,
  isFirstLine,
  type PartnerItem,
  REQUESTER_TEMPLATES,
  type RequesterTemplate,
  type TownItem,
} from './templates.ts';

/** What a mail may say: numbers of requests, days, the town's service, our own pages. No field takes anything else (T-31). */
export type MailFacts = { town: TownWords; origin: string; today: Day } & (
  ({ t: PublicTranslate } & ResidentContent) | ({ t: Translate } & TeamContent)
);
/** What a resident is told, in their language. */
export type ResidentContent =
  | { template: RequesterTemplate; number: CaseNumber; toParty: boolean; receivedAt: Date; dueDay: Day | undefined }
  | { template: 'short_code'; number: CaseNumber; toParty?: boolean; code: ShortCode };
/** What the team and partners are told, in French. */
export type TeamContent =
  | { template: Alert; number: CaseNumber; caseId: string; dueAt: Date | undefined }
  | { template: 'assignment'; number: CaseNumber; caseId: string; dueDay: Day | undefined }
  | { template: 'invitation' }
  | { template: 'partner_day'; lines: readonly [PartnerFact, ...PartnerFact[]] }
  | { template: 'partner_code'; code: ShortCode }
  | {
      template: 'day';
      lines: readonly { number: CaseNumber; item: DayItem; dueDay: Day | undefined }[];
      ofTown: readonly TownItem[];
    };
export type MailContent = ResidentContent | TeamContent;
/** One request as a partner's mail names it; `pointer` names it in an address, and opens nothing. */
export type PartnerFact = { number: CaseNumber; item: PartnerItem; dueDay: Day; pointer: string };
export type RenderedMail = { subject: string; html: string; text: string };

/**
 * Makes subject, HTML and a text of equal content.
 * @throws Error when an address that is not of our own origin stands in any of them (T-24, T-31, B-84).
 */
export async function renderMail(facts: MailFacts): Promise<RenderedMail> {
  const { subject, element } = isToResident(facts) ? toResident(facts) : toTeam(facts);
  // The old doctype of react-email holds an address of its own, and puts readers into an old mode.
  const html = (await render(element)).replace(/^<!DOCTYPE[^>]*>/u, '<!doctype html>');
  const text = toPlainText(html);
  refuseForeignAddresses(new URL(facts.origin).origin, `${subject}\n${html}\n${text}`);
  return { subject, html, text };
}

type Made = { subject: Said; element: ReactElement };
type ToResident = Extract<MailFacts, ResidentContent>;

function toResident(facts: ToResident): Made {
  const { town, origin } = facts;
  const say = sayer(facts.t);
  if (facts.template === 'short_code') {
    const { number, code, toParty = false } = facts;
    const props = { say, town, number, code, toParty };
    return { subject: shortCodeSubject(props), element: createElement(ShortCodeMail, props) };
  }
  const notice = ownUrl(origin, '/suivi/participation/vos-informations');
  const props = { ...facts, say, page: ownUrl(origin, '/suivi'), notice };
  return { subject: requesterSubject(props), element: createElement(RequesterMail, props) };
}

function toTeam(facts: Exclude<MailFacts, ToResident>): Made {
  const { town, origin } = facts;
  const say = sayer(facts.t);
  switch (facts.template) {
    case 'day': {
      const lines = facts.lines.map(({ number, item, dueDay }) => ({ number, text: dayText(say, item, dueDay) }));
      const props = { say, town, page: ownUrl(origin, '/equipe'), today: facts.today, lines, ofTown: facts.ofTown };
      return { subject: daySubject(props), element: createElement(DayMail, props) };
    }
    case 'danger_alert':
    case 'danger_waiting':
    case 'safety_alert':
    case 'assignment':
      return staffNow({ ...facts, say, page: ownUrl(origin, `/equipe/demandes/${facts.caseId}`) });
    case 'partner_day': {
      const line = ({ pointer, ...fact }: PartnerFact) => ({
        ...fact,
        isFirst: isFirstLine(fact.item),
        page: ownUrl(origin, `/partenaire/${pointer}`),
      });
      const [first, ...others] = facts.lines;
      const props = { say, town, lines: [line(first), ...others.map(line)] as const };
      return { subject: partnerSubject(props), element: createElement(PartnerMail, props) };
    }
    case 'partner_code': {
      const props = { say, town, code: facts.code };
      return { subject: say('workmail.partner_code.subject'), element: createElement(PartnerCodeMail, props) };
    }
    case 'invitation':
      return staffNow({ ...facts, say, page: ownUrl(origin, '/invitation') });
  }
}

function isToResident(facts: MailFacts): facts is ToResident {
  return facts.template === 'short_code' || REQUESTER_TEMPLATES.some((known) => known === facts.template);
}

function staffNow(props: StaffNowMailProps): { subject: Said; element: ReactElement } {
  return { subject: staffNowSubject(props), element: createElement(StaffNowMail, props) };
}

function refuseForeignAddresses(origin: string, written: string): void {
  for (const address of written.match(/\b(?:[a-z][a-z0-9+.-]*:\/\/|(?:javascript|data|mailto|tel):)[^\s"'<>)]*/giu) ??
    []) {
    if (!address.startsWith(`${origin}/`)) throw new Error('a mail may lead to our own pages only');
  }
}
