import type { Page as BrowserPage } from 'playwright-core';
import { type Answers, type Control, filled } from '../../src/stories/page-form.ts';
import { type Browsing, formMeant, type Page, Refused, type Sending } from '../../src/stories/story-browser.ts';

/** One person's tab of a real browser, driven by the same stories: boxes are ticked, lines typed, buttons pressed. */
export class Tab implements Browsing {
  readonly #page: BrowserPage;
  readonly #origin: string;
  readonly #onPage: (page: BrowserPage) => Promise<void>;
  constructor(page: BrowserPage, origin: string, onPage: (page: BrowserPage) => Promise<void> = async () => undefined) {
    this.#page = page;
    this.#origin = origin;
    this.#onPage = onPage;
  }

  async open(path: string): Promise<Page> {
    const answer = await this.#page.goto(this.#origin + path);
    const here = await this.#here();
    if (answer && answer.status() >= 400) throw new Refused(path, answer.status(), here.html);
    return here;
  }

  async send(page: Page, action: string, answers: Answers, how: Sending = {}): Promise<Page> {
    const form = formMeant(page, action, how);
    const sent = filled(form, answers);
    const holding = how.holding ? `:has(input[name="${how.holding.name}"][value="${how.holding.value}"])` : '';
    const standing = this.#page.locator(`form[action="${action}"]${holding}`).first();
    const folded = standing.locator('details:not([open]) > summary:visible');
    while ((await folded.count()) > 0) await folded.first().click();
    for (const control of form.controls) {
      if (!(control.name in answers)) continue;
      for (const value of sent.getAll(control.name)) await fill(standing, control, value);
    }
    const posted = this.#page.waitForResponse((response) => response.request().method() === 'POST');
    const loaded = this.#page.waitForEvent('load');
    await standing
      // The one a person presses: not the hidden one that Enter presses, not one that asks for another line.
      .locator(
        how.button ? `button[value="${how.button}"]` : 'button:not([type="button"], [aria-hidden], [name="more"])',
      )
      .first()
      .click();
    const status = (await posted).status();
    await loaded;
    const here = await this.#here();
    if (status >= 400) throw new Refused(action, status, here.html);
    return here;
  }

  async #here(): Promise<Page> {
    await this.#onPage(this.#page);
    const url = new URL(this.#page.url());
    return { path: url.pathname + url.search, html: await this.#page.content() };
  }
}

async function fill(form: ReturnType<BrowserPage['locator']>, control: Control, value: string): Promise<void> {
  const named = `[name="${control.name}"]`;
  if (control.kind === 'typed') await form.locator(named).fill(value);
  // Lists of one name, one a party: the one that offers this choice.
  else if (control.kind === 'list')
    await form.locator(`select${named}:has(option[value="${value}"])`).first().selectOption(value);
  else await form.locator(`${named}[value="${value}"]`).check({ force: true });
}
