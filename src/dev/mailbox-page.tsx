import { readFileSync } from 'node:fs';
import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { assetUrl } from '../ui/asset-table.ts';
import type { Message } from './mailbox-store.ts';

// A tool of the demonstration, beside the service: its few words stand here and not in the catalogues.

const STYLE = readFileSync(new URL('./mailbox.css', import.meta.url), 'utf8');

const day = new Intl.DateTimeFormat('fr', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'Europe/Paris',
});

function Page({ title, children }: { title: string; children?: Child }) {
  return (
    <>
      {raw('<!DOCTYPE html>')}
      <html lang="fr">
        <head>
          <meta charset="utf-8" />
          <title>{title} – Le courrier</title>
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <link rel="icon" href={assetUrl('icon.svg')} type="image/svg+xml" />
          <link rel="stylesheet" href={assetUrl('work.css')} />
          <style>{raw(STYLE)}</style>
        </head>
        <body>
          <main class="mailbox">{children}</main>
        </body>
      </html>
    </>
  );
}

/** All mails, newest first by the date they carry: the demonstration's clock, not this machine's. */
export function MailboxPage({ messages }: { messages: readonly Message[] }) {
  const newest = messages.toReversed().toSorted((a, b) => b.date.localeCompare(a.date));
  return (
    <Page title="Tous les messages">
      <h1>
        Le courrier <span class="fictional">FICTIF</span>
      </h1>
      <p class="mailbox-about">
        Rien ne part d’ici : les messages envoyés à des personnes inventées s’arrêtent sur cette page.
      </p>
      {newest.length === 0 ? (
        <p class="mailbox-empty">Aucun message pour l’instant. Envoyez une demande, puis rechargez cette page.</p>
      ) : (
        <ol class="mailbox-list">
          {newest.map((message) => (
            <li>
              <a href={`/message/${message.id}`}>{message.subject || 'Sans objet'}</a>
              <span>à {message.to}</span>
              <time datetime={message.date}>{day.format(new Date(message.date))}</time>
            </li>
          ))}
        </ol>
      )}
    </Page>
  );
}

/** One mail: as a mail program shows it, its text version, its headers. */
export function MessagePage({ message }: { message: Message }) {
  return (
    <Page title={message.subject}>
      <p>
        <a href="/">Tous les messages</a>
      </p>
      <h1>
        {message.subject || 'Sans objet'} <span class="fictional">FICTIF</span>
      </h1>
      <dl class="mailbox-facts">
        <dt>De</dt>
        <dd>{message.from}</dd>
        <dt>À</dt>
        <dd>{message.to}</dd>
        <dt>Le</dt>
        <dd>
          <time datetime={message.date}>{day.format(new Date(message.date))}</time>
        </dd>
      </dl>
      {message.html && <iframe class="mailbox-mail" sandbox="" title="Le message mis en page" srcdoc={message.html} />}
      <h2>Version texte</h2>
      <pre class="mailbox-text">{message.text}</pre>
      <details>
        <summary>En-têtes</summary>
        <pre class="mailbox-text">{message.headers.join('\n')}</pre>
      </details>
    </Page>
  );
}
