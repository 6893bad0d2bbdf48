import type { Child } from 'hono/jsx';
import type { Translate } from '../i18n/catalogue.ts';
import { Document } from './document.tsx';
import { HelpColumn } from './help-column.tsx';
import { PublicFooter } from './public-footer.tsx';
import { PublicHeader } from './public-header.tsx';
import type { TownView } from './town-view.ts';

/**
 * A page for residents. `help` is the side column: `true` for the usual one, an element to say something else, nothing for none.
 * `full` lets the page use the whole width (the home) instead of one column.
 */
export function PublicLayout(props: {
  t: Translate;
  town: TownView;
  title: string;
  help?: Child | true;
  full?: boolean | undefined;
  exitHref?: string | undefined;
  children?: Child;
}) {
  const { t, town } = props;
  const help = props.help === true ? <HelpColumn t={t} town={town} /> : props.help;
  return (
    <Document t={t} title={props.title} sheet="public" bodyClass="public">
      <a class="skip" href="#contenu">
        {t('ui.skip')}
      </a>
      <PublicHeader t={t} town={town} exitHref={props.exitHref} />
      {props.full ? (
        <main id="contenu" tabindex={-1}>
          {props.children}
        </main>
      ) : (
        <div class={help ? 'column page page-with-help' : 'column page'}>
          <main id="contenu" tabindex={-1}>
            {props.children}
          </main>
          {help}
        </div>
      )}
      <PublicFooter t={t} town={town} />
    </Document>
  );
}
