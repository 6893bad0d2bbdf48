import type { PublicTranslate } from '../i18n/catalogue.ts';

const links = [
  ['/formulaire-papier', 'ui.footer.paperForm'],
  ['/accessibilite', 'ui.footer.accessibility'],
  ['/informations', 'ui.footer.privacy'],
  ['/mentions-legales', 'ui.footer.legal'],
] as const;

export function FooterLinks({ t }: { t: PublicTranslate }) {
  return (
    <nav aria-label={t('ui.footer.links')}>
      <ul class="footer-links">
        {links.map(([href, label]) => (
          <li>
            <a href={href}>{t(label)}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
