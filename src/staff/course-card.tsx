import type { Translate } from '../i18n/catalogue.ts';
import { Card, Lines } from '../ui/card.tsx';
import type { CaseView } from './case-view.query.ts';
import { tensionName } from './note-sheet.tsx';
import { nameIn } from './party-choice.tsx';
import { StepLine } from './step-line.tsx';

/** How the tension and the relation went, from the reading of the request to the last news (R10, R16, R21): levels named, nobody scored. */
export function CourseCard({ t, view }: { t: Translate; view: CaseView }) {
  const { tension, relations } = view.meetings;
  if (tension.length === 0 && relations.length === 0) return null;
  const asked = view.parties.filter(({ id }) => relations.some(({ partyId }) => partyId === id));
  return (
    <Card title={t('staff.course.title')}>
      {tension.length > 0 && (
        <>
          <h3>{t('staff.field.tension')}</h3>
          {tension.length > 1 && <StepLine levels={tension.map(({ level }) => level)} />}
          <Lines
            lines={tension.map(({ at, from, level }) =>
              t('staff.course.tension', {
                date: t.shortDate(at),
                when: t(`staff.course.from.${from}`),
                level: tensionName(t, level),
              }),
            )}
          />
        </>
      )}
      {asked.length > 0 && <h3>{t('staff.course.relation')}</h3>}
      {asked.map(({ id }) => (
        <>
          <p>
            <strong>{nameIn(t, view)(id)}</strong>
          </p>
          <Lines
            lines={relations
              .filter(({ partyId }) => partyId === id)
              .map(({ at, stage, relation, score }) =>
                [
                  t.shortDate(at),
                  t(`staff.course.stage.${stage}`),
                  relation && t(`request.relation.${relation}`),
                  score !== null && t('staff.course.score', { score }),
                ]
                  .filter(Boolean)
                  .join(' · '),
              )}
          />
        </>
      ))}
    </Card>
  );
}
