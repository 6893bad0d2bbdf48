import { BackLink } from '../ui/back.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { WorkLayout } from '../ui/work-layout.tsx';
import type { ReadsOfCase } from './case-reads.query.ts';
import type { StaffFrame } from './staff-frame.tsx';

/** Who read a case, day by day, the latest first (R88). */
export function CaseReadsPage({ frame, caseId, of }: { frame: StaffFrame; caseId: string; of: ReadsOfCase }) {
  const { t } = frame;
  return (
    <WorkLayout {...frame} title={t('staff.reads.title', { number: of.number })}>
      <BackLink href={`/equipe/demandes/${caseId}`} label={of.number} />
      <h1>{t('staff.reads.title', { number: of.number })}</h1>
      <p>{t('staff.reads.text')}</p>
      <DataTable
        id="reads"
        caption={t('staff.reads.title', { number: of.number })}
        captionIsSpokenOnly
        columns={[
          { label: t('staff.reads.person') },
          { label: t('staff.reads.day') },
          { label: t('staff.reads.from') },
          { label: t('staff.reads.to') },
          { label: t('staff.reads.times'), isNumber: true },
        ]}
        rows={of.reads.map(({ person, day, first, last, times }) => [
          person,
          t.longDate(day),
          t.hour(first),
          t.hour(last),
          String(times),
        ])}
      />
    </WorkLayout>
  );
}
