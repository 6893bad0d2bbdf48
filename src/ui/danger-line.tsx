import type { PublicTranslate } from '../i18n/catalogue.ts';
import { RichText } from './rich-text.tsx';

/** Three numbers as links and all the others one page away. It calls nobody. */
export function DangerLine({ t }: { t: PublicTranslate }) {
  return (
    <aside class="danger-line" aria-labelledby="danger-question">
      <strong id="danger-question">{t('ui.danger.question')}</strong>{' '}
      <span>
        <RichText
          t={t}
          id="ui.danger.call"
          parts={{ police: <a href="tel:17">17</a>, europe: <a href="tel:112">112</a> }}
        />
      </span>{' '}
      <span>
        <RichText t={t} id="ui.danger.sms" parts={{ sms: <a href="sms:114">114</a> }} />
      </span>{' '}
      <a href="/danger">{t('ui.danger.all')}</a>
    </aside>
  );
}

/** One line towards the numbers, where the page is about something else. */
export function DangerNote({ t }: { t: PublicTranslate }) {
  return (
    <p class="danger-note">
      <strong>{t('ui.danger.question')}</strong> <a href="/danger">{t('ui.danger.all')}</a>
    </p>
  );
}
