import type { MessageKey, Translate } from '../i18n/catalogue.ts';
import { OBSERVATION_KEPT_MONTHS } from '../requests/request-choices.ts';
import { BackLink } from '../ui/back.tsx';
import { StatusChip } from '../ui/chips.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PagesNav } from '../ui/pages-nav.tsx';
import { WorkLayout } from '../ui/work-layout.tsx';
import type { Observation, ObservationList } from './observations.query.ts';
import type { StaffFrame } from './staff-frame.tsx';

const COLUMNS = ['when', 'where', 'about', 'note'] as const;

/** « Lieux signalés »: what people pointed out without a name. Nobody waits for an answer; it is there to be known. */
export function ObservationsPage({
  frame,
  list,
  isFirst,
}: {
  frame: StaffFrame;
  list: ObservationList;
  isFirst: boolean;
}) {
  const { t } = frame;
  const title = t('staff.observations.title');
  const next = list.following;
  return (
    <WorkLayout {...frame} title={title}>
      <BackLink href="/equipe" label={t('staff.section.todo')} />
      <h1>{title}</h1>
      <p>{t('staff.observations.text', { months: OBSERVATION_KEPT_MONTHS })}</p>
      {list.observations.length === 0 ? (
        <EmptyState main={t('staff.observations.empty')} />
      ) : (
        <DataTable
          id="observations"
          caption={title}
          captionIsSpokenOnly
          columns={COLUMNS.map((column) => ({ label: t(`staff.observations.${column}`) }))}
          rows={list.observations.map((one) => rowOf(t, one))}
        />
      )}
      {(next || !isFirst) && (
        <PagesNav
          t={t}
          shown={list.observations.length}
          total={list.total}
          previousHref={isFirst ? undefined : '/equipe/observations'}
          nextHref={next && `/equipe/observations?apres=${next}`}
        />
      )}
    </WorkLayout>
  );
}

function rowOf(t: Translate, one: Observation) {
  const type = one.placeType && t(`request.place_type.${one.placeType}` as MessageKey);
  return [
    <>
      {t.shortDateTime(one.observedAt)}
      {one.danger && <StatusChip kind="danger">{t('staff.chip.danger')}</StatusChip>}
      {one.doubtful && <StatusChip>{t('staff.chip.doubtful')}</StatusChip>}
      {one.enteredBy && <p class="hint">{typed(t, one, one.enteredBy)}</p>}
    </>,
    [one.quarter, one.place ?? type, one.placeText, one.line, one.stop].filter(Boolean).join(' · ') ||
      t('staff.case.none'),
    one.categories.map((code) => t(`request.category.${code}` as MessageKey)).join(' · '),
    <span class="written">{one.note ?? t('staff.case.none')}</span>,
  ];
}

/** By which door it was told, on which day, and who typed it. */
function typed(t: Translate, { channel, saidOn }: Observation, name: string): string {
  const door = t('staff.observations.typed', { channel: t(`staff.entry.channel.${channel}` as MessageKey), name });
  return [door, saidOn && t('staff.observations.saidOn', { date: t.longDate(saidOn) })].filter(Boolean).join(' · ');
}
