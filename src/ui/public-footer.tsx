import type { PublicTranslate } from '../i18n/catalogue.ts';
import { FooterLinks } from './footer-links.tsx';
import { RichText } from './rich-text.tsx';
import { TownAddress } from './town-address.tsx';
import { type TownView, callsInterpreters } from './town-view.ts';
import { TranslationNote } from './translation-note.tsx';

/** R95: the ways that need no computer stand on every public page. `call`: a call with an interpreter is offered nowhere else on it (§4.8). */
export function PublicFooter(props: {
  t: PublicTranslate;
  town: TownView;
  form?: string | undefined;
  call?: boolean | undefined;
}) {
  const { t, town } = props;
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
        <TranslationNote t={t} form={props.form} />
        <FooterLinks t={t} call={props.call && callsInterpreters(t, town)} />
      </div>
    </footer>
  );
}
