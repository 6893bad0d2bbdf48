import type { Translate } from '../i18n/catalogue.ts';
import { ButtonLink, Buttons } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import type { TownView } from '../ui/town-view.ts';
import { WorkLayout } from '../ui/work-layout.tsx';

/** The session ended while somebody was writing: nothing was done, and what was written can be copied before entering again. */
export function SessionOverPage(props: {
  t: Translate;
  town: TownView;
  signInAddress: string;
  written: readonly string[];
}) {
  const { t, written } = props;
  return (
    <WorkLayout t={t} town={props.town} title={t('staff.over.title')} sections={[]}>
      <h1>{t('staff.over.title')}</h1>
      <p>{t('staff.over.text')}</p>
      {written.length > 0 && (
        <Card title={t('staff.over.written')}>
          {written.map((text) => (
            <p class="written">{text}</p>
          ))}
        </Card>
      )}
      <Buttons>
        <ButtonLink href={props.signInAddress}>{t('staff.over.enter')}</ButtonLink>
      </Buttons>
    </WorkLayout>
  );
}
