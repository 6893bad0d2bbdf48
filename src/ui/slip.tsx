import type { Child } from 'hono/jsx';
import type { PublicTranslate } from '../i18n/catalogue.ts';
import { qrImage } from './qr.ts';
import { TownAddress } from './town-address.tsx';
import type { TownView } from './town-view.ts';
import { typedAddress } from './typed-address.ts';

/**
 * The receipt to keep, with every mention of R93: number, code in groups of five that copies as one word, the two dates in words, the service
 * in charge and how to reach it. Printed alone on an A5 sheet, where it also says where to follow; its drawing for cameras holds no code.
 */
export function Slip(props: {
  t: PublicTranslate;
  town: TownView;
  number: string;
  /** Without spaces. Not given once the person has replaced it: the slip then shows the number only. */
  code?: string | undefined;
  receivedAt: string;
  /** Not given with a code that was replaced: the request was read long ago. */
  readBefore?: string | undefined;
  /** The whole address of the follow page. */
  followAddress: string;
}) {
  const { t, town, code, followAddress } = props;
  return (
    <section class="slip" aria-labelledby="slip-title">
      <div class="slip-band">
        <h2 id="slip-title">{t('ui.slip.keep')}</h2>
        <p>{t('ui.slip.service', { town: town.name })}</p>
      </div>
      <dl>
        <div class="slip-part">
          <dt>{t('ui.slip.number')}</dt>
          <dd class="slip-number">{props.number}</dd>
        </div>
        {code && (
          <div class="slip-part slip-code">
            <dt>{t('ui.slip.code')}</dt>
            <dd>
              <CodeGroups code={code} />
            </dd>
          </div>
        )}
      </dl>
      <dl class="slip-part slip-dates">
        <Mention term={t('ui.slip.received')} says={props.receivedAt} />
        {props.readBefore && <Mention term={t('ui.slip.readBefore')} says={props.readBefore} />}
      </dl>
      <dl class="slip-part slip-dates">
        <Mention term={t('ui.slip.inCharge')} says={<TownAddress town={town} />} />
        <Mention term={t('ui.slip.phone')} says={town.phone} />
        <Mention term={t('ui.slip.email')} says={town.email} />
      </dl>
      <div class="slip-part slip-printed">
        <img src={qrImage(followAddress)} alt="" width="110" height="110" />
        <p>{t('ui.slip.follow', { follow: typedAddress(followAddress), phone: town.phone, address: town.address })}</p>
        {code && <p>{t('ui.slip.warning')}</p>}
      </div>
    </section>
  );
}

/** One mention of a receipt. */
export function Mention({ term, says }: { term: string; says: Child }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{says}</dd>
    </div>
  );
}

/** Groups of five set apart by style alone, so that selecting or copying gives the code without spaces. */
export function CodeGroups({ code }: { code: string }) {
  const groups = code.match(/.{1,5}/gu) ?? [];
  return (
    <span class="code" dir="ltr">
      {groups.map((group) => (
        <span class="code-group">{group}</span>
      ))}
    </span>
  );
}
