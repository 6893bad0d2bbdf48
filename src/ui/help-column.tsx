import type { Child } from 'hono/jsx';
import type { PublicTranslate } from '../i18n/catalogue.ts';
import { ButtonLink } from './button.tsx';
import { RichText } from './rich-text.tsx';
import type { TownView } from './town-view.ts';

/** Phone and hours, a call with an interpreter (§4.8) where `call` says so, then who reads the request; children take the place of that. */
export function HelpColumn(props: { t: PublicTranslate; town: TownView; call?: boolean; children?: Child }) {
  const { t, town } = props;
  return (
    <aside class="help" aria-labelledby="help-title">
      <h2 id="help-title">{t('ui.help.title')}</h2>
      <p>
        <a class="phone" href={town.phoneHref}>
          {town.phone}
        </a>
        <br />
        {town.openingHours}
      </p>
      {props.call && town.interpreters && (
        <p>
          <ButtonLink href="/rappel" kind="outline">
            {t('follow.interpreter.button')}
          </ButtonLink>
        </p>
      )}
      {props.children ?? <Readers t={t} />}
    </aside>
  );
}

function Readers({ t }: { t: PublicTranslate }) {
  return (
    <>
      <h2>{t('ui.help.readers')}</h2>
      <p>
        <RichText t={t} id="ui.help.readersText" parts={{ except: <strong>{t('ui.help.except')}</strong> }} />
      </p>
    </>
  );
}
