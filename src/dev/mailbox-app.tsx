import { Hono } from 'hono';
import { assets } from '../http/assets.ts';
import { MailboxPage, MessagePage } from './mailbox-page.tsx';
import { type Message, search } from './mailbox-store.ts';

/** Inline style is for the mails themselves, shown in a frame that inherits this; nothing may run and nothing is fetched. */
const POLICY = [
  "default-src 'none'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/**
 * `GET /` and `/message/:id` for people; `GET /api/messages?messageId=&to=&since=` for programs: an array, empty when nothing
 * matches, which is what MAIL_LOOKUP_URL asks.
 */
export function mailboxApp(messages: () => Message[]): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    c.header('Content-Security-Policy', POLICY);
    c.header('X-Content-Type-Options', 'nosniff');
    if (!c.req.path.startsWith('/assets/')) c.header('Cache-Control', 'no-store');
  });
  app.route('/', assets());
  app.get('/api/messages', (c) => {
    const { messageId, to, since } = c.req.query();
    return c.json(search(messages(), { messageId, to, since }));
  });
  app.get('/', (c) => c.html(<MailboxPage messages={messages()} />));
  app.get('/message/:id', (c) => {
    const message = messages().find(({ id }) => id === c.req.param('id'));
    return message ? c.html(<MessagePage message={message} />) : c.redirect('/');
  });
  return app;
}
