/** @jsxImportSource react */
import type { Alert } from '../src/mail/templates.ts';
import { type MailFrame, MailLayout } from './components/mail-layout.tsx';
import { Paragraph } from './components/mail-text.tsx';
import { type CaseNumber, caseNumber, type Said, type TeamSay } from './components/mail-words.ts';
import { previewFrame } from './components/preview.ts';

/** A mail to one member of staff that does not wait for the day's mail. */
export type StaffNowMailProps = MailFrame<TeamSay> &
  (
    | { template: Alert; number: CaseNumber; dueAt: Date | undefined }
    | { template: 'assignment'; number: CaseNumber; dueDay: string | undefined }
    | { template: 'invitation' }
  );

export function staffNowSubject(props: StaffNowMailProps): Said {
  const { say, town } = props;
  // About no case: it names no number.
  if (props.template === 'invitation') return say('workmail.invitation.subject', { town: town.name });
  return say(`workmail.${props.template}.subject`, { number: props.number });
}

export function StaffNowMail(props: StaffNowMailProps) {
  const { say, town, page, template } = props;
  const button =
    props.template === 'invitation'
      ? say('workmail.invitation.button')
      : say('workmail.staff.button', { number: props.number });
  return (
    <MailLayout
      say={say}
      town={town}
      page={page}
      subject={staffNowSubject(props)}
      button={button}
      after={[say(`workmail.${template}.after`)]}
    >
      <Paragraph say={[newsOf(props)]} bold={nextOf(props)} />
    </MailLayout>
  );
}

function newsOf(props: StaffNowMailProps): Said {
  const { say, town } = props;
  if (props.template === 'invitation') return say('workmail.invitation.news', { town: town.name });
  return say(`workmail.${props.template}.news`, { number: props.number });
}

function nextOf(props: StaffNowMailProps): Said | undefined {
  const { say } = props;
  switch (props.template) {
    case 'danger_alert':
    case 'danger_waiting':
    case 'safety_alert':
      return props.dueAt && say(`workmail.${props.template}.next`, { instant: say.instant(props.dueAt) });
    case 'assignment':
      return props.dueDay === undefined ? undefined : say('workmail.assignment.next', { day: say.day(props.dueDay) });
    case 'invitation':
      return say('workmail.invitation.next');
  }
}

StaffNowMail.PreviewProps = {
  ...previewFrame('/equipe/demandes/00000000-0000-4000-8000-000000000000'),
  template: 'assignment',
  number: caseNumber('MS-2026-00123'),
  dueDay: '2026-11-30',
} satisfies StaffNowMailProps;

export default StaffNowMail;
