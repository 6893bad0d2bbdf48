/** @jsxImportSource react */
import { type MailFrame, MailLayout } from './components/mail-layout.tsx';
import { Paragraph } from './components/mail-text.tsx';
import { type CaseNumber, caseNumber, type Said, type ShortCode, shortCodeWord } from './components/mail-words.ts';
import { previewFrame } from './components/preview.ts';
import { requesterSubject } from './requester.tsx';

/** The short code of a person, on either side, who lost the code: typed where it was asked for, so there is no link to follow (C-5). */
export type ShortCodeMailProps = Omit<MailFrame, 'page'> & { number: CaseNumber; toParty?: boolean; code: ShortCode };

export function shortCodeSubject(props: Pick<ShortCodeMailProps, 'say' | 'number' | 'toParty'>): Said {
  return requesterSubject(props);
}

export function ShortCodeMail(props: ShortCodeMailProps) {
  const { say, town, number, code } = props;
  return (
    <MailLayout
      say={say}
      town={town}
      subject={shortCodeSubject(props)}
      after={[say('mail.short_code.unasked', { phone: town.phone })]}
    >
      <Paragraph say={[say('mail.short_code.news', { number })]} />
      <Paragraph say={[]} bold={say('mail.short_code.code', { code })} />
      <Paragraph say={[say('mail.short_code.after')]} />
    </MailLayout>
  );
}

const { say, town } = previewFrame('/suivi');
ShortCodeMail.PreviewProps = {
  say,
  town,
  number: caseNumber('MS-2026-00123'),
  code: shortCodeWord('7K2M-9QXD'),
} satisfies ShortCodeMailProps;

export default ShortCodeMail;
