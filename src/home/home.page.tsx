import type { PublicTranslate } from '../i18n/catalogue.ts';
import { Card } from '../ui/card.tsx';
import { DangerLine } from '../ui/danger-line.tsx';
import { NumberedSteps } from '../ui/numbered-steps.tsx';
import { Pictogram } from '../ui/pictogram.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import type { TownView } from '../ui/town-view.ts';
import { Doors } from './doors.tsx';
import { TownDrawing } from './town-drawing.tsx';

const promises = ['home.promise.free', 'home.promise.choice', 'home.promise.stop'] as const;
const steps = ['home.step1', 'home.step2', 'home.step3', 'home.step4'] as const;

/** The home of residents: the town, the doors, the other ways in, and what happens after. */
export function HomePage({ t, town }: { t: PublicTranslate; town: TownView }) {
  return (
    <PublicLayout t={t} town={town} title={t('home.title')} full asksHere>
      <Hero t={t} />
      <div class="column">
        <div class="home-ask">
          <DangerLine t={t} />
          <h2 id="doors">{t('home.doors')}</h2>
        </div>
        <nav aria-labelledby="doors">
          <Doors t={t} />
        </nav>
        <div class="home-section ways">
          <Ways t={t} town={town} />
        </div>
        <p>
          {t('home.partner')} <a href="/partenaire">{t('home.partner.link')}</a>
        </p>
        <section class="home-section" aria-labelledby="after">
          <h2 id="after">{t('home.steps')}</h2>
          <NumberedSteps across steps={steps.map((step) => ({ title: t(`${step}.title`), text: t(`${step}.text`) }))} />
          <p class="neutral">{t('home.neutral')}</p>
        </section>
      </div>
    </PublicLayout>
  );
}

function Hero({ t }: { t: PublicTranslate }) {
  return (
    <div class="hero">
      <div class="column">
        <h1>
          <span>{t('home.titleFirst')}</span> <span>{t('home.titleSecond')}</span>
        </h1>
        <ul class="promises" aria-label={t('home.promises')}>
          {promises.map((promise) => (
            <li>
              <Pictogram name="check" />
              {t(promise)}
            </li>
          ))}
        </ul>
      </div>
      <TownDrawing />
    </div>
  );
}

function Ways({ t, town }: { t: PublicTranslate; town: TownView }) {
  return (
    <>
      <Card title={t('home.follow.title')} pictogram="lock">
        <p>{t('home.follow.text')}</p>
        <a href="/suivi">{t('home.follow.link')}</a>
      </Card>
      <Card title={t('home.call.title')} pictogram="phone">
        <p>{t('home.call.text', { phone: town.phone, hours: town.openingHours })}</p>
        <a href={town.phoneHref}>{t('home.call.link', { phone: town.phone })}</a>
        {town.interpreters && (
          <p>
            <a href="/rappel">{t('follow.interpreter.button')}</a>
          </p>
        )}
      </Card>
      <Card title={t('home.desk.title')} pictogram="house">
        <p>{t('home.desk.text', { address: town.address, hours: town.deskHours })}</p>
        <p>{t('home.desk.noAppointment')}</p>
      </Card>
    </>
  );
}
