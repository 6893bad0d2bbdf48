import { Hono } from 'hono';
import type { Context } from 'hono';
import { pdfAnswer } from '../http/pdf.ts';
import type { PublicTown } from '../http/town-of-request.ts';
import { localeNamed } from '../i18n/languages.ts';
import { type FormPart, paperForm } from '../letters/paper-form.ts';
import { renderForm } from '../pdf/render-pdf.ts';
import { SCREEN_ORDER, type Screen } from './screens.ts';
import { questionsOf } from './request-questions.tsx';

/** A form says nothing of its day, and the same words are the same file. */
const ANY_DAY = new Date('2026-11-28T12:00:00Z');

/** /formulaire-papier: F1 to fill by hand (R28), in the reader's language or in the one of `?langue=`. It needs no database. */
export function paperFormRoutes(deps: { town(c: Context): PublicTown }): Hono {
  const app = new Hono();
  // Anybody may ask for it, and making one takes a while: of each town and language the last is kept, as long as its words hold.
  const last = new Map<string, { said: string; paper: Buffer }>();
  const paperOf = (town: PublicTown): Buffer => {
    const words = paperForm(
      town.t,
      town.view,
      SCREEN_ORDER.map((screen) => partOf(town, screen)),
    );
    const [key, said] = [`${town.id}/${town.t.locale}`, JSON.stringify(words)];
    const kept = last.get(key);
    if (kept?.said === said) return kept.paper;
    const paper = renderForm(words, ANY_DAY);
    last.set(key, { said, paper });
    return paper;
  };
  app.get('/formulaire-papier', (c) => {
    c.set('language', localeNamed(c.req.query('langue')) ?? c.get('language'));
    const town = deps.town(c);
    return pdfAnswer(c, paperOf(town), `mediation-${town.t.locale}`);
  });
  return app;
}

function partOf(town: PublicTown, screen: Screen): FormPart {
  const { t, view } = town;
  return {
    heading: t(`request.${screen}.title`),
    paragraphs: screen === 'send' ? noticeOf(t, view) : [],
    questions: questionsOf(screen, { t, town: view, where: town }),
  };
}

/** What somebody reads before they say that they have read it (R76). */
function noticeOf(t: PublicTown['t'], view: PublicTown['view']): string[] {
  return [
    t('request.minor.text'),
    t('request.notice.who'),
    t('request.notice.keep', { months: view.retentionMonths, contact: view.dpoContact }),
  ];
}
