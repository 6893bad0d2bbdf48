import type { Translate } from '../i18n/catalogue.ts';
import type { CaseView } from './case-view.query.ts';

/** R43: from tension 3 on a visit is made by two; at 4 the leader decides before any. Nothing where neither is to be said. */
export function VisitSafety({ t, view }: { t: Translate; view: CaseView }) {
  const { byTwo, leaderDecides, decision } = view.visits;
  if (!byTwo && !leaderDecides) return null;
  return (
    <div class="danger-note" role="note">
      {byTwo && <p>{t('staff.visit.byTwo', { level: view.tension ?? 0 })}</p>}
      {leaderDecides && <p>{t('staff.visit.leaderFirst')}</p>}
      {leaderDecides && !decision && (
        <p>
          <strong>{t('staff.visit.undecided')}</strong>{' '}
          {view.led && <a href={`/equipe/demandes/${view.id}/visite`}>{t('staff.action.visite')}</a>}
        </p>
      )}
      {leaderDecides && decision && (
        <p>
          <strong>{t(decision.allowed ? 'staff.visit.allowed' : 'staff.visit.refused')}</strong>{' '}
          {t('staff.danger.decided', { date: t.dateTime(decision.at), name: decision.by })} {decision.reason}
        </p>
      )}
    </div>
  );
}
