/** @jsxImportSource react */
import type { RequesterTemplate } from '../src/mail/templates.ts';
import { type MailFrame, MailLayout } from './components/mail-layout.tsx';
import { Paragraph } from './components/mail-text.tsx';
import { type CaseNumber, caseNumber, type OwnUrl, type Said, type Say } from './components/mail-words.ts';
import { previewFrame } from './components/preview.ts';

/** A mail to the person who asked: the number and the way to /suivi, never the code, never what it is about (line 3). */
export type RequesterMailProps = MailFrame & {
  template: RequesterTemplate;
  number: CaseNumber;
  /** It goes to the other party: the request is not theirs. */
  toParty?: boolean;
  /** Where that party reads what we hold about it (GDPR art. 14). */
  notice?: OwnUrl;
  receivedAt: Date;
  /** The last day of the wait this mail speaks of, or on which a closed request may be opened again (YYYY-MM-DD). */
  dueDay: string | undefined;
};

/** Always the same, so that a shared screen tells nothing (T-04). */
export function requesterSubject({
  say,
  number,
  toParty = false,
}: {
  say: Say;
  number: CaseNumber;
  toParty?: boolean;
}): Said {
  return say(toParty ? 'mail.party.subject' : 'mail.requester.subject', { number });
}

export function RequesterMail(props: RequesterMailProps) {
  const { say, town, page, template, number } = props;
  const code = [
    say(props.toParty ? 'mail.party.code' : 'mail.requester.code'),
    say('mail.requester.lost', { phone: town.phone }),
  ];
  return (
    <MailLayout
      say={say}
      town={town}
      page={page}
      subject={requesterSubject(props)}
      button={say('mail.requester.button', { number })}
      also={props.toParty && props.notice ? { name: say('mail.party.notice'), page: props.notice } : undefined}
      after={code}
    >
      <Paragraph
        say={[say(`mail.${template}.news`, { number, date: say.instant(props.receivedAt) })]}
        bold={nextOf(props)}
      />
      <Paragraph say={[say(`mail.${template}.after`)]} />
    </MailLayout>
  );
}

function nextOf({ say, template, dueDay }: RequesterMailProps): Said | undefined {
  if (!isDated(template)) return say(`mail.${template}.next`);
  return dueDay === undefined ? undefined : say(`mail.${template}.next`, { day: say.day(dueDay) });
}

const DATED = ['acknowledgement', 'referred', 'question', 'question_reminder', 'closed'] as const;

function isDated(template: RequesterTemplate): template is (typeof DATED)[number] {
  return DATED.some((dated) => dated === template);
}

RequesterMail.PreviewProps = {
  ...previewFrame('/suivi'),
  template: 'acknowledgement',
  number: caseNumber('MS-2026-00123'),
  receivedAt: new Date('2026-11-23T09:12:00Z'),
  dueDay: '2026-11-25',
} satisfies RequesterMailProps;

export default RequesterMail;
