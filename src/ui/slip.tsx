import type { PublicTranslate } from '../i18n/catalogue.ts';
import type { TownView } from './town-view.ts';

/**
 * The receipt to keep (R93): number, code in groups of five that copies as one word, the two dates in words.
 * Printed alone on an A5 sheet, where it also says where to follow.
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
  /** The address of the follow page, written out. */
  followAddress: string;
}) {
  const { t, town, code } = props;
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
        <div>
          <dt>{t('ui.slip.received')}</dt>
          <dd>{props.receivedAt}</dd>
        </div>
        {props.readBefore && (
          <div>
            <dt>{t('ui.slip.readBefore')}</dt>
            <dd>{props.readBefore}</dd>
          </div>
        )}
      </dl>
      <div class="slip-part slip-printed">
        <p>{t('ui.slip.follow', { follow: props.followAddress, phone: town.phone, address: town.address })}</p>
        {code && <p>{t('ui.slip.warning')}</p>}
      </div>
    </section>
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
