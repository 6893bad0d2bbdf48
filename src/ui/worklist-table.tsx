import type { Child } from 'hono/jsx';
import type { Translate } from '../i18n/catalogue.ts';
import type { DeadlineKind } from './chips.tsx';
import { DeadlineChip, You } from './chips.tsx';
import { Pictogram } from './pictogram.tsx';

export interface WorklistRow {
  readonly due: { readonly kind: DeadlineKind; readonly label: string; readonly datetime: string };
  /** Only the verb is a link. */
  readonly task: { readonly label: string; readonly href: string };
  /** Number, category, place, joined by « · ». */
  readonly about: string;
  readonly chip?: Child;
  /** `you: true` when the reader is waited for. */
  readonly waitingFor: { readonly you: true } | { readonly you?: false; readonly name: string };
  readonly since?: Child;
  readonly otherwise: Child;
}

export interface WorklistGroup {
  readonly kind: 'danger' | 'late' | 'today' | 'tomorrow' | 'next_day' | 'later' | 'held';
  /** The day in words, beside the name of the group. */
  readonly day?: string | undefined;
  readonly rows: readonly WorklistRow[];
}

/** One table, one `tbody` a group with a heading of its own. Empty groups are left out. */
export function WorklistTable({ t, groups }: { t: Translate; groups: readonly WorklistGroup[] }) {
  return (
    <table class="worklist">
      <caption class="spoken">{t('work.list.caption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('work.list.due')}</th>
          <th scope="col">{t('work.list.task')}</th>
          <th scope="col">{t('work.list.waitingFor')}</th>
          <th scope="col">{t('work.list.otherwise')}</th>
        </tr>
      </thead>
      {groups
        .filter((group) => group.rows.length > 0)
        .map((group) => (
          <Group t={t} group={group} />
        ))}
    </table>
  );
}

function Group({ t, group }: { t: Translate; group: WorklistGroup }) {
  const count = String(group.rows.length);
  return (
    <tbody class={`worklist-${group.kind}`}>
      <tr class="worklist-heading">
        <th scope="rowgroup" colspan={4}>
          {group.kind === 'late' && <Pictogram name="clock" />}
          <strong>{t(`work.list.${group.kind}`)}</strong> {group.day ? `${group.day}, ${count}` : count}
        </th>
      </tr>
      {group.rows.map((row) => (
        <Row t={t} row={row} />
      ))}
    </tbody>
  );
}

function Row({ t, row }: { t: Translate; row: WorklistRow }) {
  return (
    <tr>
      <td data-column={t('work.list.due')}>
        <DeadlineChip t={t} kind={row.due.kind} label={row.due.label} datetime={row.due.datetime} />
      </td>
      <td data-column={t('work.list.task')}>
        <a class="worklist-task" href={row.task.href}>
          {row.task.label}
        </a>
        <span class="about">{row.about}</span>
        {row.chip}
      </td>
      <td data-column={t('work.list.waitingFor')}>
        {row.waitingFor.you ? <You t={t} /> : <strong>{row.waitingFor.name}</strong>}
        {row.since && <span class="about">{row.since}</span>}
      </td>
      <td data-column={t('work.list.otherwise')} class="about">
        {row.otherwise}
      </td>
    </tr>
  );
}
