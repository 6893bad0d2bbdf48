import type { Day } from '../calendar/day.ts';
import type { PublicTranslate } from '../i18n/catalogue.ts';
import type { SlipWords } from '../pdf/paper-words.ts';
import { renderSlip } from '../pdf/render-pdf.ts';
import { formatCode } from '../privacy/case-code.ts';
import { qrSvg } from '../ui/qr.ts';
import type { TownView } from '../ui/town-view.ts';
import { typedAddress } from '../ui/typed-address.ts';
import { hoursOf, paperFrame } from './paper-frame.ts';

export type Slip = {
  number: string;
  /** None once it was replaced, or is not shown any more. */
  code: string | undefined;
  receivedAt: Date;
  readBefore: Day;
  /** The whole address of the follow page; its drawing for cameras holds this address and no code. */
  followAddress: string;
};

/** The receipt as an A5 slip with every mention of R93, as PDF: what a person without an address keeps, and follows the whole case with. */
export function receiptSlip(t: PublicTranslate, town: TownView, slip: Slip): Buffer {
  return renderSlip(slipWords(t, town, slip), slip.receivedAt);
}

/** All that the slip says. */
export function slipWords(t: PublicTranslate, town: TownView, slip: Slip): SlipWords {
  const { number, code, receivedAt } = slip;
  const address = typedAddress(slip.followAddress);
  const date = t.dateTime(receivedAt);
  const frame = paperFrame(t, town, t('letters.slip.title'));
  return {
    ...frame,
    lead: t('letters.slip.lead', { number, date }),
    kept: [
      { label: t('letters.slip.number'), value: number },
      ...(code ? [{ label: t('letters.slip.code'), value: formatCode(code) }] : []),
    ],
    facts: [
      { label: t('letters.slip.received'), value: date },
      { label: t('letters.slip.readBefore'), value: t.longDateYear(slip.readBefore) },
      { label: t('letters.slip.inCharge'), value: frame.sender },
      { label: t('letters.slip.address'), value: town.address },
      {
        label: t('letters.slip.phone'),
        value: t('letters.slip.phoneText', { phone: town.phone, hours: hoursOf(town.openingHours) }),
      },
      { label: t('letters.slip.email'), value: town.email },
    ],
    follow: {
      heading: t('letters.slip.follow'),
      address,
      lines: [t('letters.slip.desk', { hours: hoursOf(town.deskHours) }), ...(code ? [] : [t('letters.slip.noCode')])],
      qr: { svg: qrSvg(slip.followAddress), alt: t('letters.slip.qr', { address }) },
    },
    warning: code ? t('letters.slip.warning') : null,
  };
}
