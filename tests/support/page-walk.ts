import type { Browser, BrowserContext, Page } from 'playwright-core';
import { addressesLike, ROUTE_TABLE } from '../../src/http/route-table.ts';
import { languageFacts, type Locale } from '../../src/i18n/languages.ts';
import { axeFaults, type Look, sidewaysScroll } from './browser.ts';
import { signFaults } from './page-signs.ts';
import { stateMarks } from './state-marks.ts';

/** The row of the table that answers a path: its own before one with a part that varies. */
function rowOf(path: string): string | undefined {
  const rows = ROUTE_TABLE.filter(([method]) => method === 'GET').map(([, row]) => row);
  return rows.find((row) => row === path) ?? rows.find((row) => addressesLike(row).test(path));
}

/** A walk through the pages in one language, by several people: every page is looked at on each of these screens. */
export class PageWalk {
  /** The rows of the table that were seen, as a page or as what they are instead. */
  readonly seen = new Set<string>();
  readonly faults: string[] = [];
  readonly #browser: Browser;
  readonly #origin: string;
  readonly #locale: Locale;
  readonly #looks: readonly Look[];
  readonly #contexts: BrowserContext[] = [];
  constructor(browser: Browser, origin: string, locale: Locale, looks: readonly Look[]) {
    this.#browser = browser;
    this.#origin = origin;
    this.#locale = locale;
    this.#looks = looks;
  }

  /** Somebody with a browser of their own, which asks for the language of the walk. */
  async person(): Promise<Walker> {
    const { tag } = languageFacts[this.#locale];
    const context = await this.#browser.newContext({ locale: tag, reducedMotion: 'reduce' });
    this.#contexts.push(context);
    return new Walker(this, await context.newPage(), this.#origin);
  }

  async end(): Promise<void> {
    for (const context of this.#contexts) await context.close();
  }

  /** What is wrong with the page as it stands. */
  async look(page: Page, where: string, french: boolean): Promise<void> {
    const { tag, direction } = languageFacts[french ? 'fr' : this.#locale];
    for (const sign of await signFaults(page)) this.faults.push(`${where}: ${sign}`);
    for (const mark of stateMarks(await page.content())) this.faults.push(`${where}: ${mark} of the State (R94)`);
    const said = await page.evaluate<string[]>(HEAD);
    const wanted = [tag, direction, '1 h1', 'title', 'FICTIF'];
    if (said.join() !== wanted.join()) this.faults.push(`${where}: ${said.join()} instead of ${wanted.join()}`);
    for (const { width, scheme } of this.#looks) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: scheme });
      const on = `${where} at ${width} px, ${scheme}`;
      for (const fault of await axeFaults(page)) this.faults.push(`${on}: ${fault}`);
      if ((await sidewaysScroll(page)) > 0) this.faults.push(`${on}: wider than the screen`);
      await this.#shot(page, on);
    }
  }

  /** With SCREENSHOTS=folder: what a person looks at. */
  async #shot(page: Page, name: string): Promise<void> {
    const folder = process.env['SCREENSHOTS'];
    if (!folder) return;
    const file = `${this.#locale}${name.replaceAll(/[^\w.-]+/g, '_')}.png`;
    await page.screenshot({ path: `${folder}/${file}`, fullPage: true });
  }

  note(path: string): void {
    this.seen.add(rowOf(path) ?? path);
  }
}

/** What a page says of itself: language, direction, how many titles, whether it names itself and says that the town is invented (R104). */
const HEAD = `[
  document.documentElement.lang,
  document.documentElement.dir,
  document.querySelectorAll('h1').length + ' h1',
  document.title.includes(' – ') ? 'title' : 'no title',
  [...document.querySelectorAll('header .fictional')].some((tag) => tag.checkVisibility()) ? 'FICTIF' : 'no FICTIF',
]`;

/** One person on the walk. */
export class Walker {
  readonly page: Page;
  readonly #walk: PageWalk;
  readonly #origin: string;
  constructor(walk: PageWalk, page: Page, origin: string) {
    this.#walk = walk;
    this.page = page;
    this.#origin = origin;
  }

  /** Opens each page, which must be there, and looks at it. */
  async sees(...paths: string[]): Promise<void> {
    for (const path of paths) await this.#opens(path, false);
  }

  /** The same for pages that are in French whatever the reader's language. */
  async seesFrench(...paths: string[]): Promise<void> {
    for (const path of paths) await this.#opens(path, true);
  }

  /** Looks at what an answer brought. */
  async looks(what: string): Promise<void> {
    await this.#walk.look(this.page, `${this.#path()} ${what}`, false);
  }

  /** Sends the form as it stands, with nothing chosen, and looks at what it says is missing. */
  async isRefused(action: string): Promise<void> {
    const posted = this.page.waitForResponse((answer) => answer.request().method() === 'POST');
    await this.presses(action);
    const status = (await posted).status();
    if (status !== 422) this.#walk.faults.push(`${action}: sent empty, ${status}`);
    await this.looks('with its errors');
  }

  /** Opens what is no page: a file, or a way on. */
  async finds(path: string, type: string): Promise<void> {
    const answer = await this.page.context().request.get(this.#origin + path, { maxRedirects: 0 });
    const found = answer.status() === 303 ? '303' : (answer.headers()['content-type'] ?? '').split(';')[0];
    if (found !== type) this.#walk.faults.push(`${path}: ${found} instead of ${type}`);
    this.#walk.note(path);
  }

  async goes(path: string): Promise<void> {
    await this.page.goto(this.#origin + path);
  }

  /** Presses the button of a form. */
  async presses(action: string): Promise<void> {
    await this.page.click(`form[action="${action}"] button:not([aria-hidden], [type="button"])`);
  }

  async #opens(path: string, french: boolean): Promise<void> {
    const answer = await this.page.goto(this.#origin + path);
    const here = this.#path();
    if (answer?.status() !== 200 || here !== path.split('?')[0])
      this.#walk.faults.push(`${path}: ${answer?.status()}, ${here}`);
    this.#walk.note(here);
    await this.#walk.look(this.page, path, french);
  }

  #path(): string {
    return new URL(this.page.url()).pathname;
  }
}
