import type { PublicTranslate } from '../i18n/catalogue.ts';
import { ButtonLink, Buttons } from '../ui/button.tsx';
import { ClosePage } from '../ui/close-page.tsx';
import { Flash } from '../ui/flash.tsx';
import { Pictogram } from '../ui/pictogram.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import type { TownView } from '../ui/town-view.ts';
import { OBSERVATION_KEPT_MONTHS } from './request-choices.ts';

/** After a place was pointed out: who reads it, and that nobody answers, because nobody is named. */
export function SignalledPage(props: {
  t: PublicTranslate;
  town: TownView;
  observedAt: Date;
  repeated: boolean;
  /** As on the receipt of a request. */
  keptUntil?: number | undefined;
  danger: boolean;
}) {
  const { t } = props;
  const title = t('request.signalled.title');
  return (
    <PublicLayout t={t} town={props.town} title={title} help={true}>
      <div class="big-check">
        <Pictogram name="check" />
        <h1 data-forget={props.keptUntil}>{title}</h1>
      </div>
      {props.repeated && <Flash kind="changed" main={t('request.signalled.repeated')} />}
      {props.danger && (
        <p class="danger-note">
          {t('request.signalled.danger')} <a href="/danger">{t('ui.danger.all')}</a>
        </p>
      )}
      <p>
        <strong>{t('request.signalled.at', { date: t.dateTime(props.observedAt) })}</strong>
      </p>
      <p>{t('request.signalled.read')}</p>
      <p>{t('request.signalled.noAnswer')}</p>
      <p>{t('request.signalled.kept', { months: OBSERVATION_KEPT_MONTHS })}</p>
      <p>{t('request.signalled.request')}</p>
      <Buttons>
        <ButtonLink href="/" kind="outline">
          {t('request.signalled.home')}
        </ButtonLink>
      </Buttons>
      <ClosePage t={t} />
    </PublicLayout>
  );
}
