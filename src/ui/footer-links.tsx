import type { PublicTranslate } from '../i18n/catalogue.ts';

const links = [
  ['/formulaire-papier', 'ui.footer.paperForm'],
  ['/accessibilite', 'ui.footer.accessibility'],
  ['/informations', 'ui.footer.privacy'],
  ['/mentions-legales', 'ui.footer.legal'],
] as const;

export function FooterLinks({ t, call }: { t: PublicTranslate; call?: boolean | undefined }) {
  return (
    <nav aria-label={t('ui.footer.links')}>
      <ul class="footer-links">
        {call && (
          <li>
            <a href="/rappel">{t('follow.interpreter.button')}</a>
          </li>
        )}
        {links.map(([href, label]) => (
          <li>
            <a href={href}>{t(label)}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
