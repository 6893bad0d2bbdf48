import type { PublicTranslate } from '../i18n/catalogue.ts';
import type { PaperWords } from '../pdf/paper-words.ts';
import type { TownView } from '../ui/town-view.ts';

/** What stands on every paper of a town: who writes, how to reach the service, that an invented town is invented (R104), and that French counts (R101). */
export function paperFrame(t: PublicTranslate, town: TownView, title: string): PaperWords {
  const service = t('letters.frame.service', { town: town.name });
  return {
    title,
    lang: t.tag,
    dir: t.direction,
    sender: service,
    senderLines: [town.address],
    fictional: town.isDemo ? t('letters.frame.fictional', { town: town.name }) : null,
    translation: t.checked ? null : t('letters.frame.translation'),
    footer: [
      t('letters.frame.contact', { service, phone: town.phone, email: town.email }),
      t('letters.frame.hours', { hours: town.openingHours }),
    ],
    page: t('letters.frame.page'),
  };
}

/** What a person typed, as the paragraphs they made of it. */
export function paragraphsOf(typed: string): string[] {
  return typed
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
