import { html } from 'hono/html';
import type { Message } from './mailbox.ts';

const STYLE = `:root{color-scheme:light dark;--ground:#F2F5F3;--sheet:#fff;--ink:#12211F;--ink2:#44544F;--line:#CFD9D4;--pine:#0B4A4A}
@media (prefers-color-scheme:dark){:root{--ground:#0E1718;--sheet:#152123;--ink:#EAF1EE;--ink2:#B3C3BE;--line:#2B3B3C;--pine:#8ED6C8}}
body{margin:0;background:var(--ground);color:var(--ink);font:420 1.05rem/1.5 system-ui,sans-serif}
main{max-inline-size:52rem;margin:0 auto;padding:1.5rem 1rem}h1{font-size:1.75rem;line-height:1.15}
a{color:var(--pine)}ul{list-style:none;padding:0;background:var(--sheet);border:1px solid var(--line);border-radius:8px}
li{padding:.8rem 1rem;border-block-start:1px solid var(--line)}li:first-child{border:0}small{color:var(--ink2);display:block}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--sheet);padding:1rem;border:1px solid var(--line);border-radius:8px;font:inherit}
iframe{inline-size:100%;block-size:36rem;border:1px solid var(--line);border-radius:8px;background:#fff}
.tag{border:1.5px solid currentColor;border-radius:4px;font-size:.75rem;font-weight:700;padding:0 .35rem}`;

function page(title: string, body: unknown): string {
  return String(
    html`<!doctype html>
      <html lang="fr">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>${title}</title>
          <style>
            ${STYLE}
          </style>
        </head>
        <body>
          <main>${body}</main>
        </body>
      </html>`,
  );
}

const day = new Intl.DateTimeFormat('fr', { dateStyle: 'full', timeStyle: 'short', timeZone: 'Europe/Paris' });

/** All mails, newest first by the date they carry. */
export function mailboxPage(messages: readonly Message[]): string {
  const newest = messages.toSorted((a, b) => b.date.localeCompare(a.date) || b.receivedAt.localeCompare(a.receivedAt));
  const list =
    newest.length === 0
      ? html`<p>Aucun courriel pour l’instant.</p>`
      : html`<ul>
          ${newest.map(
            (message) =>
              html`<li>
                <a href="/message/${message.id}">${message.subject}</a>
                <small>à ${message.to}, ${day.format(new Date(message.date))}</small>
              </li>`,
          )}
        </ul>`;
  return page(
    'Le courrier',
    html`<h1>Le courrier <span class="tag">FICTIF</span></h1>
      ${list}`,
  );
}

/** One mail: what a mail program shows, and its text version. */
export function messagePage(message: Message): string {
  return page(
    message.subject,
    html`<p><a href="/">Tout le courrier</a></p>
      <h1>${message.subject}</h1>
      <p>De ${message.from}<br />À ${message.to}<br />${day.format(new Date(message.date))}</p>
      <iframe sandbox title="Le courriel" srcdoc="${message.html}"></iframe>
      <h2>Version texte</h2>
      <pre>${message.text}</pre>`,
  );
}
