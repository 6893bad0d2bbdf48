/** @jsxImportSource react */
import type { PartnerItem } from '../src/mail/templates.ts';
import { type MailFrame, MailLayout } from './components/mail-layout.tsx';
import { mailStyle } from './components/mail-style.ts';
import { Paragraph, Whole } from './components/mail-text.tsx';
import {
  type CaseNumber,
  caseNumber,
  type OwnUrl,
  ownUrl,
  type Said,
  type TeamSay,
  type ShortCode,
} from './components/mail-words.ts';
import { previewFrame } from './components/preview.ts';

/** `isFirst`: a question that stands from now on, no reminder of one. */
export type PartnerLine = { number: CaseNumber; item: PartnerItem; isFirst: boolean; dueDay: string; page: OwnUrl };
/** The one mail a partner's contact gets on a day, with all its requests: numbers, days, the page of each; nothing of any person (R86). */
export type PartnerMailProps = Omit<MailFrame<TeamSay>, 'page'> & { lines: readonly [PartnerLine, ...PartnerLine[]] };

/** Spec §4.10: « Rappel – demande … – réponse attendue le … »; several requests are counted. */
export function partnerSubject({ say, lines }: Pick<PartnerMailProps, 'say' | 'lines'>): Said {
  const [{ number, item, isFirst, dueDay }] = lines;
  // One line a request.
  if (lines.length > 1) return say('workmail.partner.subject.several', { count: lines.length });
  if (isOpinion(item)) return say('workmail.partner.subject.opinion', { number });
  if (item === 'partner_action') return say('workmail.partner.subject.action', { number });
  return say(isFirst ? 'workmail.partner.subject.first' : 'workmail.partner.subject', { number, day: say.day(dueDay) });
}

function isOpinion(item: PartnerItem): boolean {
  return item === 'partner_opinion' || item === 'partner_opinion_reminder';
}

function lineText(say: TeamSay, { number, item, dueDay }: PartnerLine): Said {
  return say(`workmail.partner.${item}`, { number, day: say.day(dueDay) });
}

export function PartnerMail(props: PartnerMailProps) {
  const { say, town, lines } = props;
  const [first, ...others] = lines;
  // Answers that are due come first: where an opinion is first, nothing else is asked.
  const opinion = isOpinion(first.item);
  return (
    <MailLayout
      say={say}
      town={town}
      page={first.page}
      subject={partnerSubject(props)}
      button={say(opinion ? 'workmail.partner.button.opinion' : 'workmail.partner.button', { number: first.number })}
      after={[
        say('workmail.partner.code'),
        say(opinion ? 'workmail.partner.unable.opinion' : 'workmail.partner.unable'),
      ]}
    >
      <Paragraph
        say={[say(opinion ? 'workmail.partner.news.opinion' : 'workmail.partner.news')]}
        bold={lineText(say, first)}
      />
      {others.length > 0 && (
        <ul style={mailStyle.list}>
          {others.map((line) => (
            <li key={`${line.page} ${line.item}`} style={mailStyle.line}>
              <Whole>{lineText(say, line)}</Whole> {line.page}
            </li>
          ))}
        </ul>
      )}
    </MailLayout>
  );
}

/** The code of ten minutes, typed where it was asked for: no address to follow (C-5). */
export function PartnerCodeMail({ say, town, code }: Omit<MailFrame<TeamSay>, 'page'> & { code: ShortCode }) {
  return (
    <MailLayout
      say={say}
      town={town}
      subject={say('workmail.partner_code.subject')}
      after={[say('mail.short_code.unasked', { phone: town.phone })]}
    >
      <Paragraph say={[say('workmail.partner_code.news')]} />
      <Paragraph say={[]} bold={say('mail.short_code.code', { code })} />
      <Paragraph say={[say('mail.short_code.after')]} />
    </MailLayout>
  );
}

const { say, town } = previewFrame('/suivi');
const page = ownUrl('https://mediation.example', '/partenaire/00000000-0000-4000-8000-000000000000');
PartnerMail.PreviewProps = {
  say,
  town,
  lines: [
    { number: caseNumber('MS-2026-00123'), item: 'partner_reminder', isFirst: false, dueDay: '2026-12-07', page },
  ],
} satisfies PartnerMailProps;

export default PartnerMail;
