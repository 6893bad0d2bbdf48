import { type Answers, filled, formsOf, type PageForm, plain } from './page-form.ts';

export type Page = { path: string; html: string };
export type Sending = {
  /** The button that is pressed; the form's only one with a name when left out. */
  button?: string;
  /** Of several forms alike, the one that holds this value in this field. */
  holding?: { name: string; value: string };
};

/** One person's browser: the stories are told through it, over HTTP alone or in a real one. */
export type Browsing = {
  /** Follows where it is sent, as browsers do. @throws Refused for any answer but a page. */
  open(path: string): Promise<Page>;
  /**
   * Fills the form of the page that stands open and posts to `action`, and sends it by its button.
   * @throws Error when the page has no such form, field or choice; Refused when the answer is no page.
   */
  send(page: Page, action: string, answers: Answers, how?: Sending): Promise<Page>;
};

/** A page that said no, with its status and what it said first. */
export class Refused extends Error {
  override name = 'Refused';
  readonly status: number;
  constructor(path: string, status: number, html: string) {
    const said = /<main\b.*?<\/main>/s.exec(html)?.[0] ?? html;
    super(`${path}: ${status} ${plain(said).slice(0, 300)}`);
    this.status = status;
  }
}

/** A browser without script: the pages and forms of the running service, over HTTP, cookies kept. */
export class StoryBrowser implements Browsing {
  readonly #origin: string;
  readonly #cookies = new Map<string, string>();
  constructor(origin: string) {
    this.#origin = origin;
  }

  async open(path: string): Promise<Page> {
    return this.#follow(path, await this.#ask(path, { method: 'GET' }));
  }

  async send(page: Page, action: string, answers: Answers, how: Sending = {}): Promise<Page> {
    const form = formMeant(page, action, how);
    const body = filled(form, answers);
    const pressed = form.buttons.find(({ name, value }) => (how.button === undefined ? name : value === how.button));
    if (pressed) body.set(pressed.name, pressed.value);
    const answer = await this.#ask(action, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: this.#origin },
      body: body.toString(),
    });
    return this.#follow(action, answer);
  }

  async #follow(path: string, answer: Response): Promise<Page> {
    const location = answer.headers.get('location');
    if (answer.status === 303 && location)
      return this.open(new URL(location, this.#origin + path).href.slice(this.#origin.length));
    const html = await answer.text();
    if (!answer.ok) throw new Refused(path, answer.status, html);
    return { path, html };
  }

  async #ask(path: string, init: RequestInit): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = new Headers(init.headers);
    if (cookie) headers.set('cookie', cookie);
    const answer = await fetch(this.#origin + path, { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/;\s*max-age=0(?:;|$)/i.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return answer;
  }
}

/** @throws Error when the page has no such form. */
export function formMeant(page: Page, action: string, { holding }: Sending): PageForm {
  const form = formsOf(page.html).find(
    (known) =>
      known.action === action &&
      (!holding ||
        known.controls.some(
          (control) => control.kind === 'typed' && control.name === holding.name && control.value === holding.value,
        )),
  );
  if (!form) throw new Error(`${page.path} has no form for ${action}: ${plain(page.html).slice(-600)}`);
  return form;
}
