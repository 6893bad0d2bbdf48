import { AttachmentsLink } from '../attachments/attachments-link.tsx';
import { teamReads } from '../follow/danger.page.tsx';
import type { PublicTranslate } from '../i18n/catalogue.ts';
import { ButtonLink, Buttons, PrintButton } from '../ui/button.tsx';
import { ClosePage } from '../ui/close-page.tsx';
import { Card } from '../ui/card.tsx';
import { Helplines } from '../ui/call-card.tsx';
import { Flash } from '../ui/flash.tsx';
import { listed } from '../ui/listed.ts';
import { Pictogram } from '../ui/pictogram.tsx';
import { forChildren } from '../ui/safety-numbers.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import { Slip } from '../ui/slip.tsx';
import type { TownView } from '../ui/town-view.ts';

export type ReceiptPageProps = {
  t: PublicTranslate;
  town: TownView;
  number: string;
  code: string | undefined;
  receivedAt: Date;
  readBefore: string;
  followAddress: string;
  repeated: boolean;
  /** Which form this device need not keep any more: the one that was sent. */
  keptUntil: number | undefined;
  danger: boolean;
  familyDanger: boolean;
  /** With a danger: when the team opens next; none while it is open. */
  opensAt: Date | undefined;
  minor: boolean;
  /** Who else listens in this town to somebody under eighteen. */
  youthHelp: readonly string[];
};

/** The instant acknowledgement with the mentions the law asks for (R93): number, date and hour, service, addresses, read before. */
export function ReceiptPage(props: ReceiptPageProps) {
  const { t, town } = props;
  const title = t('request.receipt.title');
  return (
    <PublicLayout t={t} town={town} title={title} help={true}>
      <div class="big-check">
        <Pictogram name="check" />
        <h1 data-forget={props.keptUntil}>{title}</h1>
      </div>
      {props.repeated && (
        <Flash kind="changed" main={t('request.receipt.repeated')}>
          {t('request.receipt.edited')}
        </Flash>
      )}
      {props.minor && (
        <Card>
          <p>{t('request.receipt.minor')}</p>
          <Helplines lines={forChildren(t, town)} />
          {props.youthHelp.length > 0 && <p>{t('request.receipt.youth', { names: listed(t, props.youthHelp) })}</p>}
        </Card>
      )}
      {props.danger && (
        <p class="danger-note">
          {t('request.receipt.danger')} {props.familyDanger && t('request.receipt.family')}{' '}
          {teamReads(t, props.opensAt)} <a href="/danger">{t('ui.danger.all')}</a>
        </p>
      )}
      <Slip
        t={t}
        town={town}
        number={props.number}
        code={props.code}
        receivedAt={t.dateTime(props.receivedAt)}
        readBefore={t.longDateYear(props.readBefore)}
        followAddress={props.followAddress}
      />
      <Buttons>
        <ButtonLink href="/suivi">{t('request.receipt.follow')}</ButtonLink>
        <ButtonLink kind="outline" href="/demande/recu.pdf">
          {t('request.receipt.pdf')}
        </ButtonLink>
        <PrintButton>{t('request.receipt.print')}</PrintButton>
      </Buttons>
      {props.code !== undefined && <AttachmentsLink t={t} href="/demande/recu/pieces" />}
      <ClosePage t={t} />
    </PublicLayout>
  );
}
