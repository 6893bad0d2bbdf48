import { BackLink } from '../ui/back.tsx';
import { WorkLayout } from '../ui/work-layout.tsx';
import type { StaffFrame } from './staff-frame.tsx';

/** Plays one recording. Nothing is fetched before somebody presses the button: hearing is a reading. */
export function HearPage(props: {
  frame: StaffFrame;
  caseId: string;
  piece: string;
  voice: { number: string; sentAt: Date };
}) {
  const { frame, caseId, piece, voice } = props;
  const { t } = frame;
  const title = t('staff.hear.title', { date: t.shortDateTime(voice.sentAt) });
  return (
    <WorkLayout {...frame} title={title}>
      <BackLink href={`/equipe/demandes/${caseId}`} label={voice.number} />
      <h1>{title}</h1>
      <audio controls preload="none" src={`/equipe/demandes/${caseId}/pieces/${piece}`}></audio>
      <p class="hint">{t('staff.hear.hint')}</p>
    </WorkLayout>
  );
}
