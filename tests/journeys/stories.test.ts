import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { playStories } from '../../src/stories/play-stories.ts';
import { STORIES } from '../../src/stories/thirty-stories.ts';
import { openBrowser, openPage, sidewaysScroll } from '../support/browser.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { Tab } from '../support/tab.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { startWeb, type Web } from '../support/web.ts';

// §5.5 a–e, h, l in a real browser: late landlord, silent partner, refusal, withdrawal, relapse, danger, police. Everybody on a phone
// of 360 px, without script; no page of any of them scrolls sideways. SCREENSHOTS=dir keeps a picture of each kind of page.

const SCENARIOS = { a: 3, b: 30, c: 8, d: 29, e: 27, h: 32, l: 33 } as const;
const pictures = process.env['SCREENSHOTS'];
const width = Number(process.env['WIDTH'] ?? 360);

let town: TestTown;
let stack: Stack;
let web: Web;
let browser: Browser;
beforeAll(async () => {
  town = await testTown('stories-browser');
  [stack, web, browser] = await Promise.all([startStack(town), startWeb(town), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await web?.stop();
  await stack?.stop();
  await town?.close();
});

const seen = new Map<string, number>();

/** Pages that differ in their ids only are one kind. */
async function look(page: Page): Promise<void> {
  const kind = new URL(page.url()).pathname.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'x');
  seen.set(kind, Math.max(seen.get(kind) ?? 0, await sidewaysScroll(page)));
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: `${pictures}/${kind.slice(1).replaceAll('/', '_') || 'accueil'}.png`, fullPage: true });
}

test(
  '§5.5, scenarios a, b, c, d, e, h, l: on the pages people use, in a real browser',
  { timeout: 900_000 },
  async () => {
    const tabs = new Map<string, Tab>();
    const tab = async () => new Tab(await openPage(browser, { width, scheme: 'light' }), web.origin, look);
    // Colleagues and contacts keep their tab; each resident has one of their own.
    for (const who of STORIES.flatMap(({ cast }) => [cast.leader, cast.mediator])) tabs.set(who, await tab());
    for (const code of ['o02', 'o11', 'o12']) tabs.set(code, await tab());
    const residents = await Promise.all(Array.from({ length: 8 }, () => tab()));
    const { calendar } = await town.context('passerelle_web').policies.of(town.townId);
    const wanted: readonly number[] = Object.values(SCENARIOS);
    const endings = await playStories({
      origin: web.origin,
      calendar,
      browsers: (who) => {
        const code = /@(o\d\d)\./.exec(who)?.[1] ?? who;
        const found = who === 'resident' ? residents.pop() : tabs.get(code);
        if (!found) throw new Error(`no tab for ${who}`);
        return found;
      },
      stories: STORIES.filter(({ n }) => wanted.includes(n)).map((story) => ({ ...story, startsAfter: 0 })),
      mails: (to) => Promise.resolve(stack.mailbox.messages().filter((mail) => mail.to === to)),
    });
    expect(endings.filter(({ asExpected }) => !asExpected)).toEqual([]);
    expect(endings).toHaveLength(wanted.length);
    expect([...seen].filter(([, wider]) => wider > 0)).toEqual([]);
    expect(seen.size).toBeGreaterThan(30);
  },
);
