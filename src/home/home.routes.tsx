/** The pages anybody may read without a request: home, danger, notices. They need no database. */
import type { Context } from 'hono';
import { Hono } from 'hono';
import type { PublicTranslate } from '../i18n/catalogue.ts';
import { madeOnce } from '../ui/made-once.ts';
import type { TownView } from '../ui/town-view.ts';
import { AccessibilityPage } from './accessibility.page.tsx';
import { HomePage } from './home.page.tsx';
import { LegalPage } from './legal.page.tsx';
import { PrivacyPage } from './privacy.page.tsx';
import { SafetyPage } from './safety.page.tsx';

export interface HomeDeps {
  /** The town of this request, in the reader's language. */
  town(c: Context): { view: TownView; t: PublicTranslate };
}

const pages = {
  '/': HomePage,
  '/danger': SafetyPage,
  '/informations': PrivacyPage,
  '/mentions-legales': LegalPage,
  '/accessibilite': AccessibilityPage,
} as const;

/** Each page of a town in one language is the same for everybody: it is made once, and kept as long as the town's words are. */
export function homeRoutes(deps: HomeDeps): Hono {
  const app = new Hono();
  for (const [path, Page] of Object.entries(pages)) {
    app.get(path, (c) => {
      const { t, view } = deps.town(c);
      return c.html(madeOnce(t, view, [path], () => <Page t={t} town={view} />));
    });
  }
  return app;
}
