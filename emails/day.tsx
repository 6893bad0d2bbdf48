/** @jsxImportSource react */
import type { DayItem, TownItem } from '../src/mail/templates.ts';
import { type MailFrame, MailLayout } from './components/mail-layout.tsx';
import { mailStyle } from './components/mail-style.ts';
import { Paragraph, Whole } from './components/mail-text.tsx';
import { type CaseNumber, caseNumber, type Said, type TeamSay } from './components/mail-words.ts';
import { previewFrame } from './components/preview.ts';

export type DayLine = { number: CaseNumber; text: Said };
/** The one reminder mail a member of staff gets on a working day. */
export type DayMailProps = MailFrame<TeamSay> & {
  today: string;
  lines: readonly DayLine[];
  ofTown: readonly TownItem[];
};

/** What one request waits for, with the day it was due. */
export function dayText(say: TeamSay, item: DayItem, dueDay: string | undefined): Said {
  const what = say(`workmail.line.${item}`);
  return dueDay === undefined ? what : say('workmail.line.due', { what, day: say.day(dueDay) });
}

/** Counts requests, not lines: two things may wait on one. Where none waits, it says what does. */
export function daySubject({ say, today, lines, ofTown: [only] }: DayMailProps): Said {
  if (lines.length === 0 && only) return say(`workmail.day.subject.${only}`, { day: say.day(today) });
  const count = new Set(lines.map((line) => line.number)).size;
  return say('workmail.day.subject', { count, day: say.day(today) });
}

export function DayMail(props: DayMailProps) {
  const { say, town, page, lines, ofTown } = props;
  return (
    <MailLayout
      say={say}
      town={town}
      page={page}
      subject={daySubject(props)}
      button={say('workmail.day.button')}
      after={[say('workmail.day.after')]}
    >
      <Paragraph say={[say('workmail.day.news')]} />
      <ul style={mailStyle.list}>
        {lines.map(({ number, text }) => (
          <li key={`${number} ${text}`} style={mailStyle.line}>
            <Whole>{say('workmail.day.line', { number, text })}</Whole>
          </li>
        ))}
        {ofTown.map((item) => (
          <li key={item} style={mailStyle.line}>
            <Whole>{say(`workmail.line.${item}`)}</Whole>
          </li>
        ))}
      </ul>
    </MailLayout>
  );
}

const preview = previewFrame('/equipe');
DayMail.PreviewProps = {
  ...preview,
  today: '2026-11-30',
  lines: [
    { number: caseNumber('MS-2026-00123'), text: dayText(preview.say, 'triage_due', '2026-11-30') },
    { number: caseNumber('MS-2026-00124'), text: dayText(preview.say, 'assignment_declined', undefined) },
  ],
  ofTown: ['interpreter_calls'],
} satisfies DayMailProps;

export default DayMail;
