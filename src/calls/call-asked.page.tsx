import type { PublicTranslate } from '../i18n/catalogue.ts';
import { ButtonLink, Buttons } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { ClosePage } from '../ui/close-page.tsx';
import { DangerNote } from '../ui/danger-line.tsx';
import { Flash } from '../ui/flash.tsx';
import { Pictogram } from '../ui/pictogram.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import { Mention } from '../ui/slip.tsx';
import { TownAddress } from '../ui/town-address.tsx';
import type { TownView } from '../ui/town-view.ts';
import { KEPT_DAYS_AFTER_CALL, KEPT_MONTHS_AT_MOST } from './call-choices.ts';
import type { CallReceipt } from './ask-call.command.ts';

/** After a call was asked for: when it came, until when we try, who reads it, how long it is kept, the service in charge (R93 in short). */
export function CallAskedPage(props: CallReceipt & { t: PublicTranslate; town: TownView }) {
  const { t, town } = props;
  const title = t('request.call.done');
  return (
    <PublicLayout t={t} town={town} title={title} help={true} asksHere>
      <div class="big-check">
        <Pictogram name="check" />
        <h1>{title}</h1>
      </div>
      {props.repeated && <Flash kind="changed" main={t('request.call.repeated')} />}
      <p>
        <strong>{t('request.call.before', { day: t.longDate(props.dueDay) })}</strong> {t('request.call.voicemail')}
      </p>
      <DangerNote t={t} />
      <Card title={t('ui.slip.service', { town: town.name })}>
        <p>{t('request.signalled.at', { date: t.dateTime(props.askedAt) })}</p>
        <dl class="slip-dates">
          <Mention term={t('ui.slip.inCharge')} says={<TownAddress town={town} />} />
          <Mention term={t('ui.slip.phone')} says={<a href={town.phoneHref}>{town.phone}</a>} />
          <Mention term={t('ui.slip.email')} says={town.email} />
        </dl>
      </Card>
      <p>
        {t('request.call.readers')}{' '}
        {t('request.call.kept', { days: KEPT_DAYS_AFTER_CALL, months: KEPT_MONTHS_AT_MOST })}
      </p>
      <p>{t('request.call.change', { phone: town.phone })}</p>
      <Buttons>
        <ButtonLink href="/" kind="outline">
          {t('request.signalled.home')}
        </ButtonLink>
      </Buttons>
      <ClosePage t={t} />
    </PublicLayout>
  );
}
