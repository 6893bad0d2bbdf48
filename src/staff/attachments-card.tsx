import type { AttachmentView } from '../attachments/case-attachments.query.ts';
import type { MessageKey, Translate } from '../i18n/catalogue.ts';
import { Card } from '../ui/card.tsx';
import type { CaseView } from './case-view.query.ts';
import { nameIn } from './party-choice.tsx';

/** What people sent: who, what, when, and whether it is through the checks. Only what is through has a link (T-33). */
export function AttachmentsCard({ t, view }: { t: Translate; view: CaseView }) {
  if (view.attachments.length === 0) return null;
  const nameOf = nameIn(t, view);
  return (
    <Card title={t('staff.attachments')}>
      <ul class="lines">
        {view.attachments.map((file) => (
          <li>
            <FileName t={t} file={file} caseId={view.id} />
            <p class="hint">
              {[nameOf(file.partyId), t.shortDateTime(file.sentAt), stateOfFile(t, file)].filter(Boolean).join(' · ')}
            </p>
          </li>
        ))}
      </ul>
      {view.attachmentsUntil && (
        <p class="hint">{t('staff.attachments.until', { day: t.longDate(view.attachmentsUntil) })}</p>
      )}
    </Card>
  );
}

/** What it is, with the ways to open it once it is through. */
export function FileName({ t, file, caseId }: { t: Translate; file: AttachmentView; caseId: string }) {
  const words = [t(`attachments.kind.${file.kind}`), file.name].filter(Boolean).join(' : ');
  if (file.state !== 'checked') return <>{words}</>;
  const href = `/equipe/demandes/${caseId}/pieces/${file.id}`;
  return (
    <>
      <a href={href}>{words}</a>
      {file.kind === 'voice' && (
        <>
          {' '}
          <a href={`${href}/ecouter`}>{t('staff.attachments.hear')}</a>
        </>
      )}
    </>
  );
}

/** Whether it is through the checks, or why it is not there. */
export function stateOfFile(t: Translate, { state, antivirus, kind }: AttachmentView): string {
  if (state !== 'checked') return t(`staff.attachments.${state}`);
  if (antivirus === 'clean') return t('staff.attachments.clean');
  return t(`staff.attachments.unscanned.${kind === 'image' ? 'image' : 'other'}` as MessageKey);
}
