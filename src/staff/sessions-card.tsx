import type { Translate } from '../i18n/catalogue.ts';
import { Card, Lines } from '../ui/card.tsx';
import { StatusChip } from '../ui/chips.tsx';
import type { ActionSlug } from './action-slugs.ts';
import type { CaseView } from './case-view.query.ts';
import { linkLine, NoteSheet } from './note-sheet.tsx';
import { nameIn } from './party-choice.tsx';

/** Sessions to come first with what may be done about each, who promised what until when, links, and every note as it was written (F4, R19, R22). */
export function SessionsCard({
  t,
  view,
  actions,
}: {
  t: Translate;
  view: CaseView;
  /** What may be done on the case now. */
  actions: readonly ActionSlug[];
}) {
  const { sessions, notes, commitments, links } = view.meetings;
  if (sessions.length === 0 && notes.length === 0) return null;
  const nameOf = nameIn(t, view);
  return (
    <Card title={t('staff.session.title')}>
      {sessions.map((session) => (
        <PlannedOrHeld t={t} view={view} actions={actions} session={session} />
      ))}
      {commitments.length > 0 && (
        <>
          <h3>{t('staff.session.commitments')}</h3>
          <Lines
            lines={commitments.map(({ partyId, what, byDay }) =>
              t('staff.session.commitment', { who: nameOf(partyId), what, day: t.longDate(byDay) }),
            )}
          />
        </>
      )}
      {links.length > 0 && (
        <>
          <h3>{t('staff.session.links')}</h3>
          <Lines lines={links.map((link) => linkLine(t, link))} />
        </>
      )}
      {notes.length > 0 && <h3>{t('staff.session.notes')}</h3>}
      {notes.map((note) => (
        <NoteSheet t={t} view={view} note={note} />
      ))}
    </Card>
  );
}

function PlannedOrHeld(props: {
  t: Translate;
  view: CaseView;
  actions: readonly ActionSlug[];
  session: CaseView['meetings']['sessions'][number];
}) {
  const { t, view, actions, session } = props;
  const { id, state, mode, startsAt, movedFrom, place, partyIds } = session;
  const offered = (startsAt <= view.now ? NOW_OVER : STILL_AHEAD).filter((slug) => actions.includes(slug));
  return (
    <section class="party">
      <h3>
        {t.dateTime(startsAt)}
        {comesTwice(t, startsAt) && ` ${t('staff.session.firstOfTwo')}`}
      </h3>
      <p class="case-chips">
        <StatusChip kind={state === 'planned' ? 'waiting' : 'neutral'}>{t(`staff.sessionState.${state}`)}</StatusChip>
        <StatusChip>{t(`staff.sessionMode.${mode}`)}</StatusChip>
      </p>
      <p>{[place, ...partyIds.map(nameIn(t, view))].join(' · ')}</p>
      {movedFrom && <p class="hint">{t('staff.session.movedFrom', { date: t.dateTime(movedFrom) })}</p>}
      {state === 'planned' && view.suspended && <p class="hint">{t('staff.session.inPause')}</p>}
      {state === 'planned' && offered.length > 0 && (
        <ul class="links">
          {offered.map((slug) => (
            <li>
              <a href={`/equipe/demandes/${view.id}/${slug}?session=${id}`}>{t(`staff.action.${slug}`)}</a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const NOW_OVER = ['note', 'absence', 'deplacer', 'annuler-rencontre'] as const;
const STILL_AHEAD = ['deplacer', 'annuler-rencontre'] as const;

/** On the night of 31 October 2027 the clock shows 2:30 twice: the first is meant, and said. */
function comesTwice(t: Translate, startsAt: Date): boolean {
  return t.dateTime(startsAt) === t.dateTime(new Date(startsAt.getTime() + 3_600_000));
}
