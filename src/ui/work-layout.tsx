import type { Child } from 'hono/jsx';
import type { Translate } from '../i18n/catalogue.ts';
import { Document } from './document.tsx';
import { FooterLinks } from './footer-links.tsx';
import type { Section } from './work-bar.tsx';
import { WorkBar } from './work-bar.tsx';

/** A page for people at work. `banner` is said above everything, when mails or messages wait for too long. */
export function WorkLayout(props: {
  t: Translate;
  town: { name: string; isDemo: boolean };
  title: string;
  sections: readonly Section[];
  person?: { name: string; role: string } | undefined;
  /** Address that the « Sortir » form posts to. */
  signOutAction?: string | undefined;
  banner?: Child;
  children?: Child;
}) {
  const { t } = props;
  return (
    <Document t={t} title={props.title} sheet="work" bodyClass="work">
      <a class="skip" href="#contenu">
        {t('ui.skip')}
      </a>
      <WorkBar
        t={t}
        town={props.town}
        sections={props.sections}
        person={props.person}
        signOutAction={props.signOutAction}
      />
      <main id="contenu" tabindex={-1} class="column work-page">
        {props.banner}
        {props.children}
      </main>
      <footer class="page-footer">
        <div class="column">
          <FooterLinks t={t} />
        </div>
      </footer>
    </Document>
  );
}
