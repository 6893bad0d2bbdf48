import type { PublicTranslate } from '../i18n/catalogue.ts';
import { ButtonLink, Buttons } from '../ui/button.tsx';
import { Card, Lines } from '../ui/card.tsx';

/** What a code holder said they would do, and the paper to keep: the same for both sides (R22, R29). */
export function OwnCommitments(props: {
  t: PublicTranslate;
  commitments: readonly { what: string; byDay: string }[];
  /** Address of the paper, where there is one. */
  paper: string | undefined;
}) {
  const { t, commitments, paper } = props;
  return (
    <>
      {commitments.length > 0 && (
        <Card title={t('parties.commitments')}>
          <Lines
            lines={commitments.map(({ what, byDay }) => t('parties.commitment', { what, day: t.longDate(byDay) }))}
          />
        </Card>
      )}
      {paper && (
        <Card title={t('parties.paper')}>
          <p>{t('parties.paper.text')}</p>
          <Buttons>
            <ButtonLink href={paper} kind="outline">
              {t('parties.paper.button')}
            </ButtonLink>
          </Buttons>
        </Card>
      )}
    </>
  );
}
