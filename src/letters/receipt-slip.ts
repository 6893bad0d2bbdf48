import type { Day } from '../calendar/day.ts';
import type { PublicTranslate } from '../i18n/catalogue.ts';
import type { SlipWords } from '../pdf/paper-words.ts';
import { renderSlip } from '../pdf/render-pdf.ts';
import { formatCode } from '../privacy/case-code.ts';
import { qrSvg } from '../ui/qr.ts';
import type { TownView } from '../ui/town-view.ts';
import { typedAddress } from '../ui/typed-address.ts';
import { paperFrame } from './paper-frame.ts';

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
  const date = t.dateTime(receivedAt);
  return {
    ...paperFrame(t, town, t('letters.slip.title')),
    lead: t('letters.slip.lead', { number, date }),
    kept: keptOf(t, slip),
    facts: [
      { label: t('letters.slip.received'), value: date },
      { label: t('letters.slip.readBefore'), value: t.longDateYear(slip.readBefore) },
      ...whoOf(t, town),
    ],
    follow: followOf(t, town, slip),
    warning: code ? t('letters.slip.warning') : null,
  };
}

type Kept = Pick<Slip, 'number' | 'code' | 'followAddress'>;

/** What is kept of a slip: number and code. */
export function keptOf(t: PublicTranslate, { number, code }: Kept): SlipWords['kept'] {
  return [
    { label: t('letters.slip.number'), value: number },
    ...(code ? [{ label: t('letters.slip.code'), value: formatCode(code) }] : []),
  ];
}

/** Who does the work, and how to reach them. */
export function whoOf(t: PublicTranslate, town: TownView): SlipWords['facts'] {
  const phone = t('letters.slip.phoneText', { phone: town.phone, hours: town.openingHours });
  return [
    { label: t('letters.slip.inCharge'), value: t('letters.frame.service', { town: town.name }) },
    { label: t('letters.slip.address'), value: town.address },
    { label: t('letters.slip.phone'), value: phone },
    { label: t('letters.slip.email'), value: town.email },
  ];
}

/** Where to follow; the drawing for cameras holds the address and no code. */
export function followOf(t: PublicTranslate, town: TownView, { code, followAddress }: Kept): SlipWords['follow'] {
  const address = typedAddress(followAddress);
  return {
    heading: t('letters.slip.follow'),
    address,
    lines: [t('letters.slip.desk', { hours: town.deskHours }), ...(code ? [] : [t('letters.slip.noCode')])],
    qr: { svg: qrSvg(followAddress), alt: t('letters.slip.qr', { address }) },
  };
}
