import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, sidewaysScroll } from '../support/browser.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { startWeb, type Web } from '../support/web.ts';

// R92, §4.13 invariant 10: the public pages for people who use them otherwise. What axe says of each: tests/journeys/every-page.test.ts. docs/rgaa.md
// names these tests criterion by criterion.

let town: TestTown;
let web: Web;
let browser: Browser;
beforeAll(async () => {
  town = await testTown('accessible');
  [web, browser] = await Promise.all([startWeb(town), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await web?.stop();
  await town?.close();
});

const PAGES = [
  '/',
  '/danger',
  '/demande',
  '/demande?besoin=group',
  '/rappel',
  '/suivi',
  '/suivi/code-perdu',
  '/suivi/participation/vos-informations',
  '/informations',
  '/mentions-legales',
  '/accessibilite',
  '/nulle-part',
];
const SCREENS: { answers: string[] }[] = [
  { answers: ['input[name="danger"][value="no"]'] },
  { answers: ['input[name="need"][value="person"]'] },
  { answers: ['input[name="categories"][value="BRUIT"]'] },
  { answers: ['input[name="quarter"][value="PEU"]'] },
  { answers: [] },
  { answers: [] },
];

type Seen = (page: Page, where: string) => Promise<void>;

/** Every public page, then the screens of the form, the last of them with its errors. */
async function onEachPage(options: BrowserContextOptions, seen: Seen): Promise<void> {
  const context = await browser.newContext({ locale: 'fr-FR', viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  // The answer is read whole before it is looked at: in between there is a moment without any page.
  const next = () =>
    Promise.all([page.waitForEvent('domcontentloaded'), page.click('form button[value="next"]:not([aria-hidden])')]);
  for (const path of PAGES) {
    await page.goto(web.origin + path);
    await seen(page, path);
  }
  await page.goto(`${web.origin}/demande`);
  for (const { answers } of SCREENS) {
    for (const answer of answers) await page.check(answer);
    await next();
    await seen(page, `after ${answers.join()}`);
  }
  await next();
  await seen(page, 'errors');
  await context.close();
}

/** Looks at each page and says where something was found. */
async function faultsOnEachPage(
  options: BrowserContextOptions,
  faultsOf: (page: Page, where: string) => Promise<string[]>,
): Promise<string[]> {
  const found: string[] = [];
  await onEachPage(options, async (page, where) => {
    for (const fault of await faultsOf(page, where)) found.push(`${where}: ${fault}`);
  });
  return found;
}

const wide = async (page: Page) => {
  const by = await sidewaysScroll(page);
  return by > 0 ? [`${by} px too wide`] : [];
};

/** Texts that are cut by a box of a fixed size: larger inside than outside, and nothing to scroll with. */
const CUT = `[...document.querySelectorAll('main *, header *, footer *')].filter((one) => {
  const style = getComputedStyle(one);
  return style.overflow !== 'visible' && !one.matches('.spoken, textarea, .table-region, svg *') &&
    (one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1) && one.innerText?.trim();
}).map((one) => 'cut: ' + one.className)`;
const cut = async (page: Page) => (await page.evaluate<string[]>(CUT)).slice(0, 3);

describe('R92, WCAG 2.2 AA: the public pages', () => {
  test('1.4.10: nothing scrolls sideways and nothing is cut at 320 px', async () => {
    const options = { viewport: { width: 320, height: 640 } };
    expect(await faultsOnEachPage(options, async (page) => [...(await wide(page)), ...(await cut(page))])).toEqual([]);
  });

  test('1.4.4: at 200 % nothing scrolls sideways and nothing is cut', async () => {
    const options = { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 };
    expect(await faultsOnEachPage(options, async (page) => [...(await wide(page)), ...(await cut(page))])).toEqual([]);
  });

  test('1.4.4: with text twice as large, nothing else scrolls sideways', async () => {
    expect(
      await faultsOnEachPage({}, async (page) => {
        await page.evaluate(`document.documentElement.style.fontSize = '200%'`);
        return [...(await wide(page)), ...(await cut(page))];
      }),
    ).toEqual([]);
  });

  test('1.4.12: with wider spacing of text nothing is cut', async () => {
    const spacing = `for (const one of document.querySelectorAll('*')) {
      one.style.lineHeight = '1.5'; one.style.letterSpacing = '0.12em'; one.style.wordSpacing = '0.16em';
      if (one.matches('p')) one.style.marginBottom = '2em';
    }`;
    expect(
      await faultsOnEachPage({ viewport: { width: 360, height: 800 } }, async (page) => {
        await page.evaluate(spacing);
        return [...(await wide(page)), ...(await cut(page))];
      }),
    ).toEqual([]);
  });

  test('2.1.1, 2.4.7: every control is reached with Tab in the order it is read, and its focus is seen', async () => {
    const faults = await faultsOnEachPage({}, async (page, where) => {
      // There the focus stands on the list of what is missing.
      if (where === 'errors') return [];
      await page.evaluate('document.activeElement?.blur(); getSelection().removeAllRanges(); scrollTo(0, 0)');
      const expected = await page.evaluate<number>(`(() => {
        const groups = new Set();
        const stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter((one) => {
          if (one.tabIndex < 0 || one.disabled || one.type === 'hidden' || !one.checkVisibility()) return false;
          if (one.type !== 'radio') return true;
          const first = !groups.has(one.name); groups.add(one.name);
          const checked = document.querySelector('input[type=radio][name="' + one.name + '"]:checked');
          return checked ? one === checked : first;
        });
        window.stops = stops;
        return stops.length;
      })()`);
      const found: string[] = [];
      for (let at = 0; at < expected; at += 1) {
        await page.keyboard.press('Tab');
        const said = await page.evaluate<string | undefined>(`(() => {
          const one = document.activeElement, wanted = window.stops[${at}];
          if (one !== wanted) return 'stop ${at}: ' + one?.outerHTML.slice(0, 80) + ' instead of ' + wanted?.outerHTML.slice(0, 80);
          const face = [one, one.nextElementSibling, one.closest('label'), one.closest('.choice')].filter(Boolean);
          const seen = face.some((part) => { const s = getComputedStyle(part); return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none'; });
          return seen ? undefined : 'focus not seen: ' + one.outerHTML.slice(0, 80);
        })()`);
        if (said) found.push(said);
        if (found.length > 2) break;
      }
      return found;
    });
    expect(faults).toEqual([]);
  });

  test('2.4.1: the first stop is the link to the content, and it leads there', async () => {
    await onEachPage({}, async (page, where) => {
      await page.evaluate('document.activeElement?.blur()');
      if (where === 'errors') return;
      await page.keyboard.press('Tab');
      expect([where, await page.evaluate('document.activeElement.className')]).toEqual([where, 'skip']);
      await page.keyboard.press('Enter');
      expect([where, await page.evaluate('document.activeElement.id')]).toEqual([where, 'contenu']);
    });
  });

  test('2.4.2, 3.1.1, 1.3.1: one title, one h1, language, landmarks, headings without a step left out', async () => {
    const faults = await faultsOnEachPage({}, async (page) =>
      page.evaluate<string[]>(`(() => {
        const found = [];
        if (!document.title.includes(' – ')) found.push('title ' + document.title);
        if (document.documentElement.lang !== 'fr') found.push('language');
        for (const part of ['header', 'main', 'footer']) if (document.querySelectorAll('body > ' + part + ', body > .column > ' + part).length !== 1) found.push(part);
        if (document.querySelectorAll('h1').length !== 1) found.push('h1');
        const levels = [...document.querySelectorAll('main :is(h1,h2,h3,h4)')].map((one) => Number(one.tagName[1]));
        levels.forEach((level, at) => { if (at > 0 && level > levels[at - 1] + 1) found.push('h' + levels[at - 1] + ' then h' + level); });
        return found;
      })()`),
    );
    expect(faults).toEqual([]);
  });

  test('3.3.1: errors are counted in the title, listed first with the focus on the list, and each link leads to its field', async () => {
    await onEachPage({}, async (page, where) => {
      if (where !== 'errors') return;
      expect(await page.title()).toMatch(/^Il manque/);
      expect(await page.evaluate('document.activeElement.dataset.errorSummary')).toBe('');
      const fields = await page.evaluate<string[]>(
        `[...document.querySelectorAll('[data-error-summary] a')].map((one) => one.getAttribute('href').slice(1))`,
      );
      expect(fields.length).toBeGreaterThan(1);
      for (const field of fields) {
        await page.click(`[data-error-summary] a[href="#${field}"]`);
        expect(await page.evaluate('document.activeElement.id')).toBe(field);
      }
    });
  });

  test('2.3.3: for whoever asks for less movement nothing moves', async () => {
    const moving = `[...document.querySelectorAll('*')].filter((one) => {
      const style = getComputedStyle(one);
      return style.transitionDuration.split(',').some((each) => parseFloat(each) > 0.01) || (style.animationName !== 'none' && parseFloat(style.animationDuration) > 0.01);
    }).map((one) => 'moves: ' + one.className)`;
    expect(
      await faultsOnEachPage({ reducedMotion: 'reduce' }, (page) => page.evaluate<string[]>(`${moving}.slice(0, 3)`)),
    ).toEqual([]);
  });

  test('in forced colours every control has an edge of its own', async () => {
    const bare = `[...document.querySelectorAll('button, .button, input:not([type=hidden]):not([type=radio]):not([type=checkbox]), textarea, .choice-face, .picture-face, .door')].filter((one) => {
      if (!one.checkVisibility() || one.closest('.spoken, .languages, .link-button')) return false;
      const style = getComputedStyle(one);
      return style.borderBlockStartStyle === 'none' || parseFloat(style.borderBlockStartWidth) === 0;
    }).map((one) => 'no edge: ' + one.className)`;
    expect(
      await faultsOnEachPage({ forcedColors: 'active' }, (page) => page.evaluate<string[]>(`${bare}.slice(0, 3)`)),
    ).toEqual([]);
  });

  test('2.5.8: nothing to press is smaller than 24 px, and on a phone a button is 44 px high', async () => {
    const small = `[...document.querySelectorAll('a, button, input:not([type=hidden]), summary')].filter((one) => {
      const inText = getComputedStyle(one).display === 'inline' && one.parentElement.textContent.trim() !== one.textContent.trim();
      if (!one.checkVisibility() || inText || one.closest('.spoken, .skip')) return false;
      const box = (one.matches('input[type=radio], input[type=checkbox]') ? one.closest('label') : one).getBoundingClientRect();
      return box.width > 0 && (box.height < (one.matches('.button') ? 44 : 24) || box.width < 24);
    }).map((one) => 'small: ' + one.outerHTML.slice(0, 90))`;
    expect(
      await faultsOnEachPage({ viewport: { width: 360, height: 800 } }, (page) =>
        page.evaluate<string[]>(`${small}.slice(0, 3)`),
      ),
    ).toEqual([]);
  });
});
