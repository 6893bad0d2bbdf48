import type { PublicTranslate } from '../i18n/catalogue.ts';
import type { PosterSize } from '../pdf/paper-words.ts';
import { renderPoster } from '../pdf/render-pdf.ts';
import { qrSvg } from '../ui/qr.ts';
import type { TownView } from '../ui/town-view.ts';
import { typedAddress } from '../ui/typed-address.ts';
import { paperFrame } from './paper-frame.ts';

export type PosterPlace = { name: string; code: string };

/**
 * A poster for one place, A4 or A3, as PDF (R28, R35): what it is, how to ask with a phone, by phone, and without either. Its drawing for
 * cameras opens the form with this place chosen. @param origin where the town's pages are seen.
 */
export function poster(
  t: PublicTranslate,
  town: TownView,
  { place, size, origin, at }: { place: PosterPlace; size: PosterSize; origin: string; at: Date },
): Buffer {
  const { lang, dir, sender, fictional, translation } = paperFrame(t, town, '');
  const page = `${origin}/demande?lieu=${place.code}`;
  const address = typedAddress(page);
  return renderPoster(
    {
      title: t('letters.poster.title'),
      lang,
      dir,
      sender,
      fictional,
      translation,
      lead: t('letters.poster.lead'),
      points: [t('letters.poster.free'), t('letters.poster.choice'), t('letters.poster.fair')],
      scan: {
        heading: t('letters.poster.scan'),
        address,
        qr: { svg: qrSvg(page), alt: t('letters.poster.qr', { address }) },
      },
      phone: { heading: t('letters.poster.phone'), number: town.phone, hours: town.openingHours },
      without: {
        heading: t('letters.poster.without'),
        lines: [t('letters.poster.desk', { address: town.address, hours: town.deskHours }), t('letters.poster.paper')],
      },
      danger: t('letters.poster.danger'),
      place: t('letters.poster.place', { place: place.name, code: place.code }),
    },
    size,
    at,
  );
}
