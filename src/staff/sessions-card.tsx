import type { Translate } from '../i18n/catalogue.ts';
import { Card, Lines } from '../ui/card.tsx';
import { StatusChip } from '../ui/chips.tsx';
import type { CaseView } from './case-view.query.ts';
import { partyName } from './party-choice.tsx';

/** Sessions to come first, what was noted, who promised what until when, and how the tension went (R21, R22). */
export function SessionsCard({ t, view }: { t: Translate; view: CaseView }) {
  const { sessions, notes, commitments, links } = view.meetings;
  if (sessions.length === 0 && notes.length === 0) return null;
  const nameOf = (partyId: string) => {
    const party = view.parties.find(({ id }) => id === partyId);
    return party ? partyName(t, party, view.identity.firstName) : '';
  };
  const agreed = view.events.some(({ code, data }) => code === 'follow_up_begun' && data['result']);
  return (
    <Card title={t('staff.session.title')}>
      {agreed && (
        <p>
          <a href={`/equipe/demandes/${view.id}/papiers/accord`}>{t('staff.session.paper')}</a>
        </p>
      )}
      {sessions.map(({ state, mode, startsAt, place, partyIds }) => (
        <section class="party">
          <h3>{t.dateTime(startsAt)}</h3>
          <p class="case-chips">
            <StatusChip kind={state === 'planned' ? 'waiting' : 'neutral'}>
              {t(`staff.sessionState.${state}`)}
            </StatusChip>
            <StatusChip>{t(`staff.sessionMode.${mode}`)}</StatusChip>
          </p>
          <p>{[place, ...partyIds.map(nameOf)].join(' · ')}</p>
        </section>
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
          <Lines
            lines={links.map(({ organisation, kind, confirmedAt }) =>
              [
                organisation,
                t(`staff.linkKind.${kind}`),
                confirmedAt
                  ? t('staff.session.linkConfirmed', { day: t.longDate(confirmedAt) })
                  : t('staff.session.linkToConfirm'),
              ].join(' · '),
            )}
          />
        </>
      )}
      {notes.length > 0 && (
        <>
          <h3>{t('staff.session.tension')}</h3>
          <Lines
            lines={notes.map(({ startsAt, tensionBefore, tensionAfter, progress, note, minutes }) => (
              <>
                {t('staff.session.noted', {
                  date: t.shortDateTime(startsAt),
                  before: tensionBefore,
                  after: tensionAfter,
                  progress: t(`staff.progress.${progress}`),
                  minutes,
                })}
                {note && <p class="written">{note}</p>}
              </>
            ))}
          />
        </>
      )}
    </Card>
  );
}
