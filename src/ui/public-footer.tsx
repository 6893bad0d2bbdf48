import type { PublicTranslate } from '../i18n/catalogue.ts';
import { FooterLinks } from './footer-links.tsx';
import { RichText } from './rich-text.tsx';
import { TownAddress } from './town-address.tsx';
import type { TownView } from './town-view.ts';

/** R95: the ways that need no computer stand on every public page. */
export function PublicFooter({ t, town }: { t: PublicTranslate; town: TownView }) {
  const parts = {
    address: <TownAddress town={town} />,
    phone: (
      <a class="phone" href={town.phoneHref}>
        {town.phone}
      </a>
    ),
    hours: town.openingHours,
  };
  return (
    <footer class="page-footer">
      <div class="column">
        <p>
          <RichText t={t} id="ui.footer.contact" parts={parts} /> {t('ui.footer.desk', { hours: town.deskHours })}
          {town.isDemo && ` ${t('ui.footer.invented', { town: town.name })}`}
        </p>
        <FooterLinks t={t} />
      </div>
    </footer>
  );
}
