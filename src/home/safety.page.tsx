import { helplineWords } from '../helplines/helpline-words.ts';
import { shownHelplines } from '../helplines/helpline.ts';
import type { PublicTranslate } from '../i18n/catalogue.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Helplines } from '../ui/call-card.tsx';
import { Pictogram } from '../ui/pictogram.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import { EmergencyCards } from '../ui/safety-numbers.tsx';
import { NEUTRAL_SITE } from '../ui/quick-exit.tsx';
import type { TownView } from '../ui/town-view.ts';

/** The numbers of spec §4.11, as the town has set them. It calls nobody, promises nothing, and never stands in the way of a request. */
export function SafetyPage({ t, town }: { t: PublicTranslate; town: TownView }) {
  const rows = shownHelplines(town);
  const talk = rows.filter(({ list }) => list === 'talk');
  return (
    <PublicLayout t={t} town={town} title={t('home.safety.title')}>
      <h1>{t('home.safety.title')}</h1>
      <div class="safety">
        <div>
          <div class="calls">
            <EmergencyCards t={t} rows={rows.filter(({ list }) => list === 'emergency')} />
          </div>
          <p>
            <strong>{t('home.safety.nobodyCalled')}</strong> {t('home.safety.youChoose')}
          </p>
          <div class="stacked">
            <ButtonLink href="/demande">{t('home.safety.otherHelp')}</ButtonLink>
            <a class="button button-stop" href={NEUTRAL_SITE} rel="noreferrer" data-quick-exit="">
              <Pictogram name="cross" />
              {t('ui.quickExitPage')}
            </a>
          </div>
          <p class="hint">{t('home.safety.stillPossible')}</p>
          <p class="hint">{t('home.safety.notEmergency')}</p>
          <p class="hint">{t('ui.quickExitTruth')}</p>
        </div>
        <section aria-labelledby="talk">
          <h2 id="talk">{t('home.safety.talk')}</h2>
          <Helplines lines={talk.map((row) => helplineWords(t, row))} />
        </section>
      </div>
    </PublicLayout>
  );
}
