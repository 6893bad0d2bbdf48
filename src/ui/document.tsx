import type { Child } from 'hono/jsx';
import { raw } from 'hono/html';
import type { PublicTranslate } from '../i18n/catalogue.ts';
import { assetUrl } from './asset-table.ts';

/** The document around every page. `title` is the result or the question of the page, without the name of the service. */
export function Document(props: {
  t: PublicTranslate;
  title: string;
  sheet: 'public' | 'work';
  bodyClass?: string;
  children?: Child;
}) {
  const { t } = props;
  return (
    <>
      {raw('<!DOCTYPE html>')}
      <html lang={t.tag} dir={t.direction}>
        <head>
          <meta charset="utf-8" />
          <title>{t('ui.title', { title: props.title })}</title>
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <link rel="icon" href={assetUrl('icon.svg')} type="image/svg+xml" />
          <link rel="preload" href={assetUrl('atkinson-latin.woff2')} as="font" type="font/woff2" crossorigin="" />
          <link rel="stylesheet" href={assetUrl(`${props.sheet}.css`)} />
          {t.locale === 'ar' && <link rel="stylesheet" href={assetUrl('arabic.css')} />}
          <script type="module" src={assetUrl('enhance.js')}></script>
        </head>
        <body class={props.bodyClass}>{props.children}</body>
      </html>
    </>
  );
}
