import type { Translate } from '../i18n/catalogue.ts';
import { ButtonLink, Buttons } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { SafetyNumbers } from '../ui/safety-numbers.tsx';
import type { TownView } from '../ui/town-view.ts';
import type { CaseView } from './case-view.query.ts';

/** First on a case with a danger: the numbers, the decision that is waited for, and every decision that was taken (R85). */
export function DangerCard({ t, town, view }: { t: Translate; town: TownView; view: CaseView }) {
  const { decisions } = view;
  const waits = view.waits.find(({ kind }) => kind === 'danger');
  if (!view.danger && !waits && decisions.length === 0) return null;
  return (
    <Card title={t('staff.danger.title')}>
      {waits && (
        <>
          <p>
            <strong>{t('staff.danger.undecided', { instant: t.shortDateTime(waits.dueAt) })}</strong>
          </p>
          {view.led && (
            <Buttons>
              <ButtonLink href={`/equipe/demandes/${view.id}/decision`}>{t('staff.danger.decide')}</ButtonLink>
            </Buttons>
          )}
        </>
      )}
      {view.familyDanger && (
        <>
          <p>
            <strong>{t('staff.danger.family')}</strong>
          </p>
          <p>{t('staff.danger.family.orient')}</p>
          {view.requesterFeared && <p>{t('staff.danger.family.requester')}</p>}
        </>
      )}
      {view.danger && <p>{t('staff.danger.held')}</p>}
      {(view.danger || waits) && <SafetyNumbers t={t} town={town} minor={view.minor} />}
      {decisions.map(({ decision, legalGround, reason, at, by }) => (
        <section class="party">
          <h3>{t(`staff.decision.${decision}`)}</h3>
          <p>{t('staff.danger.decided', { date: t.dateTime(at), name: by })}</p>
          {legalGround !== 'none' && <p>{t(`staff.ground.${legalGround}`)}</p>}
          <p class="written">{reason}</p>
        </section>
      ))}
    </Card>
  );
}
