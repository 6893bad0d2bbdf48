import { setTimeout as wait } from 'node:timers/promises';
import { type Answers, formsOf, plain } from './page-form.ts';
import { type Browsing, type Page, Refused } from './story-browser.ts';

/** A mail as the story's people read it. */
export type ReadMail = { to: string; text: string; receivedAt: string };
export type Mails = (to: string) => Promise<ReadMail[]>;

const POLL_MS = 50;
const PATIENCE_MS = 300_000;

/** A resident: asks on the form, keeps the receipt's code, comes back with it. */
export class Resident {
  readonly #browser: Browsing;
  number = '';
  #code = '';
  #form: Page | undefined;
  constructor(browser: Browsing) {
    this.#browser = browser;
  }

  /** Opens the form; reading and answering it takes a person some time. */
  async opensForm(): Promise<void> {
    this.#form = await this.#browser.open('/demande');
  }

  /** The screens one after the other, each with what it asks. */
  async asks(answers: Answers): Promise<void> {
    const page = await this.#fills(this.#form ?? (await this.#browser.open('/demande')), answers);
    this.number = /MS-\d{4}-\d{5,9}/.exec(page.html)?.[0] ?? '';
    this.#code = [...page.html.matchAll(/class="code-group">([^<]+)</g)].map(([, group]) => group).join('');
    if (!this.number || !this.#code) throw new Error(`no receipt on ${page.path}`);
  }

  /** By the code on a poster, a place without a name: no number, no code, nobody to come back. */
  async pointsOut(posterCode: string, answers: Answers): Promise<void> {
    const page = await this.#fills(await this.#browser.open(`/demande?lieu=${posterCode}`), answers);
    if (!page.path.endsWith('/demande/signale')) throw new Error(`the place was not pointed out: ${page.path}`);
  }

  async #fills(first: Page, answers: Answers): Promise<Page> {
    let page = first;
    do {
      const asked = Object.fromEntries(
        Object.entries(answers).filter(([name]) => page.html.includes(`name="${name}"`)),
      );
      page = await this.#browser.send(page, '/demande', asked, { button: 'next' });
    } while (page.path === '/demande');
    return page;
  }

  /** The page of the request, with the code of the receipt. */
  async follows(): Promise<Page> {
    const page = await this.#browser.open('/suivi');
    return this.#browser.send(page, '/suivi', { code: this.#code });
  }

  /** Opens one of the own pages and sends its form. */
  async does(path: string, answers: Answers): Promise<Page> {
    await this.follows();
    return this.#browser.send(await this.#browser.open(path), path, answers);
  }

  async presses(action: string): Promise<Page> {
    return this.#browser.send(await this.follows(), action, {});
  }
}

/** Somebody of the team, in one browser: the worklist, the case, its acts. */
export class Colleague {
  readonly #browser: Browsing;
  readonly #name: string;
  #entered = false;
  constructor(browser: Browsing, name: string) {
    this.#browser = browser;
    this.#name = name;
  }

  async #enter(): Promise<void> {
    if (this.#entered) return;
    const page = await this.#browser.open('/demo');
    const card = new RegExp(`<strong>${this.#name}</strong>.*?name="person" value="([^"]+)"`, 's').exec(page.html);
    if (!card?.[1]) throw new Error(`nobody at /demo is called ${this.#name}`);
    await this.#browser.send(page, '/demo/entrer', {}, { holding: { name: 'person', value: card[1] } });
    this.#entered = true;
  }

  /** The case with this number, from the worklist. */
  async finds(number: string): Promise<string> {
    await this.#enter();
    const page = await this.#browser.open('/equipe');
    for (const [row] of page.html.matchAll(/<tr\b.*?<\/tr>/gs)) {
      const id = row.includes(number) ? /\/equipe\/demandes\/([0-9a-f-]{36})/.exec(row)?.[1] : undefined;
      if (id) return id;
    }
    throw new Error(`${number} is not on the worklist of ${this.#name}`);
  }

  async reads(caseId: string): Promise<Page> {
    await this.#enter();
    return this.#browser.open(`/equipe/demandes/${caseId}`);
  }

  /** The values an act's page offers for one of its fields. */
  async offered(caseId: string, act: string, field: string): Promise<string[]> {
    await this.#enter();
    const path = `/equipe/demandes/${caseId}/${act}`;
    const form = formsOf((await this.#browser.open(path)).html).find(({ action }) => action === path);
    const control = form?.controls.find(({ name }) => name === field);
    return control && control.kind !== 'typed' ? control.options.map(({ value }) => value) : [];
  }

  /** What this person finishes by calling or reading: each is noted as done. Nothing on a case that is not theirs (yet). */
  async tidies(caseId: string): Promise<void> {
    await this.#enter();
    const path = `/equipe/demandes/${caseId}/tache`;
    for (;;) {
      const page = await this.#browser.open(path).catch(nothingThere);
      const task = page && taskByHand(page, path);
      if (!task) return;
      await this.#browser.send(page, path, { task });
    }
  }

  /** One act of the case: its page is opened, its form filled and sent. */
  async does(caseId: string, act: string, answers: Answers = {}): Promise<Page> {
    await this.#enter();
    const path = `/equipe/demandes/${caseId}/${act}`;
    return this.#browser.send(await this.#browser.open(path), path, answers);
  }
}

/** A contact of a partner organisation: no account, a code by mail typed in the browser that asked. */
export class Contact {
  readonly #browser: Browsing;
  readonly #email: string;
  readonly #mails: Mails;
  #inside = false;
  constructor(browser: Browsing, email: string, mails: Mails) {
    this.#browser = browser;
    this.#email = email;
    this.#mails = mails;
  }

  async #enter(): Promise<void> {
    if (this.#inside) return;
    const before = (await this.#mails(this.#email)).length;
    const page = await this.#browser.send(await this.#browser.open('/partenaire'), '/partenaire', {
      email: this.#email,
    });
    await this.#browser.send(page, '/partenaire/code', { code: await this.#codeAfter(before) });
    this.#inside = true;
  }

  async #codeAfter(before: number): Promise<string> {
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await wait(POLL_MS)) {
      const mails = await this.#mails(this.#email);
      const code = mails
        .slice(before)
        .map(({ text }) => /\b([0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4})\b/.exec(text)?.[1])
        .findLast(Boolean);
      if (code) return code;
    }
    throw new Error(`no code came to ${this.#email}`);
  }

  /** Opens one of the own pages and sends its form. */
  async does(path: string, answers: Answers): Promise<Page> {
    await this.#enter();
    return this.#browser.send(await this.#browser.open(path), path, answers);
  }

  /** Answers what the organisation was asked about this number (F5). */
  async answers(number: string, answers: Answers): Promise<void> {
    const request = await this.#requestAbout(number);
    await this.#browser.send(await this.#browser.open(request), `${request}/repondre`, answers);
  }

  /** Says what the organisation thinks of the mediation with this number (F8). */
  async opines(number: string, answers: Answers): Promise<void> {
    const path = `${await this.#requestAbout(number)}/avis`;
    await this.#browser.send(await this.#browser.open(path), path, answers);
  }

  async #requestAbout(number: string): Promise<string> {
    await this.#enter();
    const list = await this.#browser.open('/partenaire');
    const request = [...list.html.matchAll(/href="(\/partenaire\/demandes\/[0-9a-f-]{36})">([^<]+)</g)].find(
      ([, , label]) => label === number,
    )?.[1];
    if (!request) throw new Error(`${number} is not among the requests of ${this.#email}`);
    return request;
  }

  /** What stands in the own space about this number. */
  async readsAbout(number: string): Promise<string> {
    await this.#enter();
    const list = await this.#browser.open('/partenaire');
    const row = [...list.html.matchAll(/<tr\b.*?<\/tr>/gs)].map(([html]) => html).find((html) => html.includes(number));
    return plain(row ?? '');
  }
}

/** Calls, things to read and to take note of; what a leader has to decide is none of them. */
const BY_HAND = /^(?:Appeler|Lire|Prendre note|Adresse)/;

function taskByHand(page: Page, path: string): string | undefined {
  const form = formsOf(page.html).find(({ action }) => action === path);
  const control = form?.controls.find(({ name }) => name === 'task');
  if (!control || control.kind === 'typed') return undefined;
  return control.options.find(({ label }) => BY_HAND.test(label))?.value;
}

function nothingThere(error: unknown): undefined {
  if (error instanceof Refused && error.status === 404) return undefined;
  throw error;
}
