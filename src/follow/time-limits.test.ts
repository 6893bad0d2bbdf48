import { expect, test } from 'vitest';
import { cookieExpiry } from '../http/cookies.ts';
import { translator } from '../i18n/catalogue.ts';
import { locales } from '../i18n/languages.ts';

const minutesOf = (name: 'nouveau') => Math.round((cookieExpiry(name) - Date.now()) / 60_000);

test.each(locales)(
  'RGAA 13.1: in %s a page that closes by itself, and a code that does, say after how long',
  (locale) => {
    const t = translator(locale);
    const told = [t('follow.new.text'), t('follow.replace.2'), t('follow.lost.text'), t('follow.short.text'), t('mail.short_code.after')]; // prettier-ignore
    expect(minutesOf('nouveau')).toBe(10);
    for (const words of told) expect(words).toMatch(/\b10\b/u);
  },
);
