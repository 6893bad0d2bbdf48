import { dayNumber } from '../calendar/day.ts';
import type { Calls, WaitingCall } from '../calls/calls-to-make.query.ts';
import { HELPLINES } from '../helplines/who-sets.ts';
import type { MessageKey, Translate } from '../i18n/catalogue.ts';
import { Card } from '../ui/card.tsx';
import { StatusChip } from '../ui/chips.tsx';
import { DangerLine } from '../ui/danger-line.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { WorkLayout } from '../ui/work-layout.tsx';
import { type WorklistGroup, type WorklistRow, WorklistTable } from '../ui/worklist-table.tsx';
import { callCare } from './call-care.ts';
import { callRow } from './call-row.tsx';
import { heldWords } from './held-words.ts';
import { waitName } from './wait-name.ts';
import type { AgendaPoint } from './agenda.query.ts';
import type { StaffFrame } from './staff-frame.tsx';
import type { Worklist, WorklistEntry } from './worklist.query.ts';

/** « À faire »: by due date, who is waited for, and what happens if nobody acts. */
export function WorklistPage({
  frame,
  list,
  agenda,
  observations,
  calls: waiting,
  toCheck = 0,
  today,
  nextDay,
}: {
  frame: StaffFrame;
  list: Worklist;
  agenda: readonly AgendaPoint[];
  /** How many places were pointed out lately; not given to whoever leads no team. */
  observations: number | undefined;
  /** Calls with an interpreter that somebody asked for before any request; for whoever leads. */
  calls?: Calls<WaitingCall> | undefined;
  /** Numbers of the safety page nobody has made sure of for twelve months; for whoever coordinates. */
  toCheck?: number;
  today: string;
  /** The next working day (YYYY-MM-DD, the town's local date). */
  nextDay: string;
}) {
  const { t } = frame;
  const { calls, ...inAll } = waiting ?? { calls: [], total: 0, late: 0 };
  // A danger nobody has decided on stands before everything, and what does not run after it (R85, T24, T25).
  const danger = list.entries.filter(({ kind, mine }) => kind === 'danger' && mine);
  const held = list.entries.filter((entry) => entry.held);
  const runs = list.entries.filter((entry) => !danger.includes(entry) && !entry.held);
  const late = runs.filter((entry) => entry.dueAt < list.now);
  const rest = runs.filter((entry) => entry.dueAt >= list.now);
  const lateCalls = calls.filter((call) => call.dueAt < list.now);
  const overdue = danger.filter((entry) => entry.dueAt < list.now).length + late.length + inAll.late;
  const on = (keep: (day: string) => boolean) => [
    ...calls
      .filter((call) => !lateCalls.includes(call) && keep(call.dueDay))
      .map((call) => callRow(t, call, today, false)),
    ...rest.filter((entry) => keep(entry.dueDay)).map((entry) => rowOf(t, entry, today, false)),
  ];
  const groups: WorklistGroup[] = [
    { kind: 'danger', rows: danger.map((entry) => rowOf(t, entry, today, entry.dueAt < list.now)) },
    {
      kind: 'late',
      rows: [
        ...lateCalls.map((call) => callRow(t, call, today, true)),
        ...late.map((entry) => rowOf(t, entry, today, true)),
      ],
    },
    { kind: 'today', day: t.longDate(today), rows: on((day) => day <= today) },
    {
      kind: dayNumber(nextDay) === dayNumber(today) + 1 ? 'tomorrow' : 'next_day',
      day: t.longDate(nextDay),
      rows: on((day) => day > today && day <= nextDay),
    },
    { kind: 'later', rows: on((day) => day > nextDay) },
    { kind: 'held', rows: held.map((entry) => rowOf(t, entry, today, false)) },
  ];
  const mine = list.entries.filter((entry) => entry.mine).length + inAll.total;
  const nothing = list.entries.length + calls.length === 0;
  return (
    <WorkLayout {...frame} title={t('staff.todo.title')}>
      <h1>{t('staff.todo.title')}</h1>
      <p>
        {t.longDateYear(list.now)}, {t.hour(list.now)}.{' '}
        <strong>{t('staff.todo.summary', { late: overdue, mine })}</strong>
      </p>
      {observations !== undefined && (
        <p>
          <a href="/equipe/observations">{t('staff.observations.recent', { count: observations })}</a>
        </p>
      )}
      {danger.length > 0 && <DangerLine t={t} />}
      {toCheck > 0 && (
        <Card title={t('staff.helplines.toCheck')}>
          <p>{t('staff.helplines.late', { count: toCheck })}</p>
          <p>
            <a href={HELPLINES}>{t('staff.helplines.check')}</a>
          </p>
        </Card>
      )}
      {agenda.length > 0 && (
        <Card title={t('staff.agenda.title')}>
          <p>{t('staff.agenda.text')}</p>
          <ul>
            {agenda.map(({ organisation, since }) => (
              <li>{t('staff.agenda.late', { organisation, day: t.longDate(since) })}</li>
            ))}
          </ul>
        </Card>
      )}
      {nothing && agenda.length + toCheck > 0 ? null : nothing ? (
        <EmptyState main={t('staff.todo.empty')} />
      ) : (
        <WorklistTable t={t} groups={groups} />
      )}
      {inAll.total > calls.length && (
        <p>
          <a href="/equipe/appels">{t('staff.calls.total', { count: inAll.total })}</a>{' '}
          {t('staff.calls.first', { count: calls.length })}
        </p>
      )}
      {list.more > 0 && <p>{t('staff.todo.more', { count: list.more })}</p>}
    </WorkLayout>
  );
}

function rowOf(t: Translate, entry: WorklistEntry, today: string, late: boolean): WorklistRow {
  const decides = entry.kind === 'danger' && entry.mine;
  const about = [
    entry.number,
    ...entry.categories.map((code) => t(`request.category.${code}` as MessageKey)),
    entry.quarter,
  ].filter(Boolean);
  const care = callCare(t, { ways: entry.ways ?? [], precautions: entry.precautions ?? [] });
  return {
    due: {
      kind: late ? 'late' : entry.dueDay === today && !entry.held ? 'tonight' : 'neutral',
      label: entry.held ? t('staff.held') : t.shortDate(entry.dueDay),
      datetime: entry.dueDay,
    },
    task: { label: waitName(t, entry), href: `/equipe/demandes/${entry.caseId}${decides ? '/decision' : ''}` },
    about: [
      ...about,
      entry.grouped && t('staff.grouped.count', { count: entry.grouped }),
      care && t('staff.todo.care', { care }),
    ]
      .filter(Boolean)
      .join(' · '),
    chip: entry.danger ? (
      <StatusChip kind="danger">{t('staff.chip.danger')}</StatusChip>
    ) : entry.tension && entry.tension >= 3 ? (
      <StatusChip>{t('staff.chip.tension', { level: entry.tension })}</StatusChip>
    ) : entry.doubtful ? (
      <StatusChip>{t('staff.chip.doubtful')}</StatusChip>
    ) : undefined,
    waitingFor: entry.mine
      ? { you: true }
      : { name: entry.waitsFor === 'mediator' && entry.mediator ? entry.mediator : t(`staff.for.${entry.waitsFor}`) },
    since: t('staff.since', { date: t.shortDate(entry.openedAt) }),
    otherwise: entry.held
      ? heldWords(t, entry)
      : entry.nextAt && entry.nextAction
        ? t('staff.otherwise', { date: t.shortDateTime(entry.nextAt), what: t(`staff.then.${entry.nextAction}`) })
        : t('staff.otherwise.none'),
  };
}
