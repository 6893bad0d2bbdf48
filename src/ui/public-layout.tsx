import type { Child } from 'hono/jsx';
import type { PublicTranslate } from '../i18n/catalogue.ts';
import { Document } from './document.tsx';
import { HelpColumn } from './help-column.tsx';
import { ListenButton } from './listen-button.tsx';
import { madeOnce } from './made-once.ts';
import { PublicFooter } from './public-footer.tsx';
import { PublicHeader } from './public-header.tsx';
import type { TownView } from './town-view.ts';

/** The form of a page whose answers go along when somebody changes the language, and what Enter presses in it. */
export type MainForm = { id: string; enter?: { name: string; value: string } };

/**
 * A page for residents. `help` is the side column: `true` for the usual one, an element to say something else, nothing for none; `asksHere`: an
 * interpreter is asked for on the page itself, or by nobody, and neither the column nor the foot of the page offers it.
 * `full` lets the page use the whole width (the home) instead of one column. `french`: there is no other language of it.
 */
export function PublicLayout(props: {
  t: PublicTranslate;
  town: TownView;
  title: string;
  help?: Child | true;
  asksHere?: boolean | undefined;
  full?: boolean | undefined;
  french?: boolean | undefined;
  form?: MainForm | undefined;
  children?: Child;
}) {
  const { t, town, form } = props;
  const { asksHere = false, french } = props;
  const help =
    props.help === true
      ? madeOnce(t, town, ['help', asksHere], () => <HelpColumn t={t} town={town} call={!asksHere} />)
      : props.help;
  const call = props.help !== true && !asksHere;
  return (
    <Document t={t} title={props.title} sheet="public" bodyClass="public">
      <a class="skip" href="#contenu">
        {t('ui.skip')}
      </a>
      {/* Enter in a field presses the form's first button: this one, no language. */}
      {form && (
        <button
          class="spoken"
          type="submit"
          form={form.id}
          name={form.enter?.name}
          value={form.enter?.value}
          tabindex={-1}
          aria-hidden="true"
        ></button>
      )}
      {madeOnce(t, town, ['header', french, form?.id], () => (
        <PublicHeader t={t} town={town} french={french} form={form?.id} />
      ))}
      {props.full ? (
        <main id="contenu" tabindex={-1}>
          <div class="column">
            <ListenButton t={t} />
          </div>
          {props.children}
        </main>
      ) : (
        <div class={help ? 'column page page-with-help' : 'column page'}>
          <main id="contenu" tabindex={-1}>
            <ListenButton t={t} />
            {props.children}
          </main>
          {help}
        </div>
      )}
      {madeOnce(t, town, ['footer', form?.id, call], () => (
        <PublicFooter t={t} town={town} form={form?.id} call={call} />
      ))}
    </Document>
  );
}
