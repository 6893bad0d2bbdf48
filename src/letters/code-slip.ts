import type { PublicTranslate } from '../i18n/catalogue.ts';
import { renderSlip } from '../pdf/render-pdf.ts';
import type { TownView } from '../ui/town-view.ts';
import { paperFrame } from './paper-frame.ts';
import { followOf, keptOf, whoOf } from './receipt-slip.ts';

/** A new code on paper, for whoever was handed one by the team: as the receipt, without its dates; of either side, so that it names no request. */
export function codeSlip(
  t: PublicTranslate,
  town: TownView,
  slip: { number: string; code: string; handedAt: Date; followAddress: string },
): Buffer {
  const words = {
    ...paperFrame(t, town, t('letters.slip.newTitle')),
    lead: t('letters.slip.newLead', { date: t.dateTime(slip.handedAt) }),
    kept: keptOf(t, slip),
    facts: whoOf(t, town),
    follow: followOf(t, town, slip),
    warning: t('letters.slip.newWarning'),
  };
  return renderSlip(words, slip.handedAt);
}
