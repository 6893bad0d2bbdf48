import type { webApp } from './web.ts';

type App = Awaited<ReturnType<typeof webApp>>;

/** A browser without script: keeps cookies, sends forms from our own pages, follows nothing by itself. */
export class Visitor {
  readonly #app: App;
  readonly #address: string;
  readonly #cookies = new Map<string, string>();
  constructor(app: App, address = '198.51.100.7') {
    this.#app = app;
    this.#address = address;
  }

  cookie(name: string): string | undefined {
    return this.#cookies.get(name);
  }

  /** The same cookies in another browser window, or in somebody else's hands. */
  copy(): Visitor {
    const other = new Visitor(this.#app, this.#address);
    for (const [name, value] of this.#cookies) other.#cookies.set(name, value);
    return other;
  }

  async get(path: string): Promise<Response> {
    return this.#send(path, { method: 'GET', headers: {} });
  }

  async post(path: string, fields: Record<string, string> | URLSearchParams): Promise<Response> {
    const headers = { origin: 'http://localhost:80', 'content-type': 'application/x-www-form-urlencoded' };
    return this.#send(path, { method: 'POST', headers, body: new URLSearchParams(fields).toString() });
  }

  /** Sends a form with files. */
  async upload(
    path: string,
    fields: Record<string, string>,
    files: readonly { field: string; name: string; bytes: Buffer; type?: string }[],
  ): Promise<Response> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    for (const { field, name, bytes, type } of files)
      form.append(field, new File([new Uint8Array(bytes)], name, type ? { type } : {}));
    return this.#send(path, { method: 'POST', headers: { origin: 'http://localhost:80' }, body: form });
  }

  async #send(path: string, init: { method: string; headers: Record<string, string>; body?: string | FormData }) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = cookie ? { ...init.headers, cookie } : init.headers;
    const env = { incoming: { socket: { remoteAddress: this.#address } } };
    const answer = await this.#app.request(`http://localhost${path}`, { ...init, headers }, env);
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/;\s*max-age=0(?:;|$)/i.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return answer;
  }
}

/** The value of a hidden field of a page. */
export function hiddenOf(page: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]+)"`).exec(page)?.[1] ?? '';
}
