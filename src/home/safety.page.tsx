import type { PublicTranslate } from '../i18n/catalogue.ts';
import { ButtonLink } from '../ui/button.tsx';
import { CallCard, Helplines } from '../ui/call-card.tsx';
import { Pictogram } from '../ui/pictogram.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import { neutralSite } from '../ui/quick-exit.tsx';
import type { TownView } from '../ui/town-view.ts';

/** The numbers of spec §4.11. It calls nobody, promises nothing, and never stands in the way of a request. */
export function SafetyPage({ t, town }: { t: PublicTranslate; town: TownView }) {
  return (
    <PublicLayout t={t} town={town} title={t('home.safety.title')}>
      <h1>{t('home.safety.title')}</h1>
      <div class="safety">
        <div>
          <div class="calls">
            <CallCard urgent number="17" who={t('home.safety.police')} />
            <CallCard urgent number="112" who={t('home.safety.europe')} />
            <CallCard wide by="sms" number="114" who={t('home.safety.sms')} detail={t('home.safety.smsHow')} />
            <CallCard number="18" who={t('home.safety.fire')} />
            <CallCard number="15" who={t('home.safety.medical')} />
          </div>
          <p>
            <strong>{t('home.safety.nobodyCalled')}</strong> {t('home.safety.youChoose')}
          </p>
          <div class="stacked">
            <ButtonLink href="/demande">{t('home.safety.otherHelp')}</ButtonLink>
            <a class="button button-stop" href={neutralSite} rel="noreferrer" data-quick-exit="">
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
          <Helplines lines={helplines(t)} />
        </section>
      </div>
    </PublicLayout>
  );
}

function helplines(t: PublicTranslate) {
  return [
    { number: '119', who: t('home.safety.child'), when: t('home.safety.childWhen') },
    { number: '3919', who: t('home.safety.couple'), when: t('home.safety.coupleWhen') },
    { number: '3018', who: t('home.safety.school'), when: t('home.safety.schoolWhen') },
    { number: '3114', who: t('home.safety.suicide'), when: t('home.safety.suicideWhen') },
    { number: '116\u00a0006', who: t('home.safety.victim'), when: t('home.safety.victimWhen') },
    { number: '3977', who: t('home.safety.vulnerable') },
    { number: '115', who: t('home.safety.homeless') },
  ];
}
