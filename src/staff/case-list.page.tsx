import type { MessageKey, Translate } from '../i18n/catalogue.ts';
import { Button } from '../ui/button.tsx';
import { StatusChip } from '../ui/chips.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { PagesNav } from '../ui/pages-nav.tsx';
import { TextField } from '../ui/text-field.tsx';
import { WorkLayout } from '../ui/work-layout.tsx';
import type { CaseList, ListedCase, ListKind } from './case-list.query.ts';
import type { StaffFrame } from './staff-frame.tsx';

/** How each list is called in the address. */
export const LIST_ADDRESS = { open: 'en-cours', ended: 'terminees' } as const satisfies Record<ListKind, string>;
export const LISTS = ['open', 'ended'] as const satisfies readonly ListKind[];

/** « Demandes »: those in hand and those that have ended, each with where it stands, and the way to one by its number. */
export function CaseListPage({
  frame,
  kind,
  list,
  isFirst,
  flood,
  searched,
}: {
  frame: StaffFrame;
  kind: ListKind;
  list: CaseList;
  isFirst: boolean;
  /** Only those that came together about one place (B-39). */
  flood?: string | undefined;
  /** A number that led to no case this person sees. */
  searched: { typed: string; error: 'notANumber' | 'notYours' } | undefined;
}) {
  const { t } = frame;
  const error = searched && t(`staff.list.number.${searched.error}`);
  const faults = error ? [{ name: 'numero', message: error }] : [];
  const next = list.following;
  return (
    <WorkLayout {...frame} title={titleWithErrors(t, t('staff.list.title'), faults)}>
      <ErrorSummary t={t} errors={faults} />
      <h1>{t('staff.list.title')}</h1>
      <form method="get" action="/equipe/demandes" class="form" role="search">
        <TextField
          t={t}
          name="numero"
          label={t('staff.list.number')}
          hint={t('staff.list.number.hint')}
          value={searched?.typed}
          error={error}
          width="medium"
          autocomplete="off"
        />
        <Button kind="outline">{t('staff.list.go')}</Button>
      </form>
      <nav class="list-kinds" aria-label={t('staff.list.kinds')}>
        <ul>
          {LISTS.map((one) => (
            <li>
              <a href={`/equipe/demandes?liste=${LIST_ADDRESS[one]}`} aria-current={one === kind ? 'page' : undefined}>
                {t(`staff.list.${one}`, { count: list.counts[one] })}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {list.cases.length === 0 ? (
        <EmptyState main={t(`staff.list.${kind}.empty`)} />
      ) : (
        <DataTable
          id="cases"
          caption={t(`staff.list.${kind}.caption`)}
          captionIsSpokenOnly
          columns={columnsOf(t, kind)}
          rows={list.cases.map((one) => rowOf(t, kind, one))}
        />
      )}
      {(next || !isFirst) && (
        <PagesNav
          t={t}
          shown={list.cases.length}
          total={list.counts[kind]}
          previousHref={isFirst ? undefined : `/equipe/demandes?liste=${LIST_ADDRESS[kind]}`}
          nextHref={next && `/equipe/demandes?liste=${LIST_ADDRESS[kind]}&apres=${next}${flood ? `&lot=${flood}` : ''}`}
        />
      )}
    </WorkLayout>
  );
}

function columnsOf(t: Translate, kind: ListKind) {
  return ['number', 'about', 'state', 'mediator', kind === 'open' ? 'due' : 'ended'].map((column) => ({
    // The five columns above are these keys.
    label: t(`staff.list.column.${column}` as MessageKey),
  }));
}

function rowOf(t: Translate, kind: ListKind, one: ListedCase) {
  const about = [...one.categories.map((code) => t(`request.category.${code}` as MessageKey)), one.quarter];
  return [
    <a class="nowrap" href={`/equipe/demandes/${one.id}`}>
      {one.number}
    </a>,
    about.filter(Boolean).join(' · '),
    <>
      {t(`staff.state.${one.state}`)}
      {one.danger && <StatusChip kind="danger">{t('staff.chip.danger')}</StatusChip>}
      {kind === 'ended' && one.outcome && <span class="about">{t(`staff.outcome.${one.outcome}` as MessageKey)}</span>}
    </>,
    one.mediator ?? t('staff.list.nobody'),
    kind === 'open' ? (one.nextDueDay ? t.shortDate(one.nextDueDay) : t('staff.list.noDue')) : t.shortDate(one.since),
  ];
}
