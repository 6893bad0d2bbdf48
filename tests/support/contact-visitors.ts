import { type ParsedMail, simpleParser } from 'mailparser';
import { expect, vi } from 'vitest';
import type { LyingSmtp } from './lying-smtp.ts';
import { Visitor } from './visitor.ts';
import type { webApp } from './web.ts';

type Place = { app: Awaited<ReturnType<typeof webApp>>; server: LyingSmtp };

/** Contacts of partner organisations, as they come in: their address, the code that arrives there, typed in the same browser. */
export function contactVisitors(place: () => Place) {
  const inside = new Map<string, Visitor>();
  const mailsTo = async (address: string): Promise<ParsedMail[]> => {
    const raw = [...place().server.stored.values()].flat().filter(({ to }) => to.includes(address));
    return Promise.all(raw.map((mail) => simpleParser(mail.raw)));
  };
  async function enter(email: string): Promise<Visitor> {
    // Three codes a quarter of an hour are all one contact gets (T-20).
    const known = inside.get(email);
    if (known) return known;
    const visitor = new Visitor(place().app);
    const before = (await mailsTo(email)).length;
    expect((await visitor.post('/partenaire', { email })).headers.get('location')).toBe('/partenaire/code');
    const mails = await vi.waitUntil(
      async () => {
        const now = await mailsTo(email);
        return now.length > before ? now : undefined;
      },
      { timeout: 15_000 },
    );
    const codes = mails.map(({ text }) => /\b([0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4})\b/.exec(text ?? '')?.[1]);
    const code = codes.findLast(Boolean) ?? '';
    expect((await visitor.post('/partenaire/code', { code })).headers.get('location')).toBe('/partenaire');
    inside.set(email, visitor);
    return visitor;
  }
  return { enter, mailsTo };
}
