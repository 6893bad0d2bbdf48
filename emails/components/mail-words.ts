import type { MessageKey, PublicKey, PublicTranslate, Translate } from '../../src/i18n/catalogue.ts';

/**
 * What a mail may be made of, as types: our own words, numbers of requests, days, what the town says of itself, addresses of our
 * own origin. A text somebody typed is none of these, so it does not compile (T-31, spec §4.13 invariant 4).
 */
declare const kind: unique symbol;
type Marked<Kind extends string> = string & { readonly [kind]: Kind };

export type CaseNumber = Marked<'number of a request'>;
export type OwnUrl = Marked<'address of our origin'>;
export type ShortCode = Marked<'short code of a mail'>;
export type TownWord = Marked<'what the town says of itself'>;
/** A text of the catalogue, filled with nothing but other allowed things. */
export type Said = Marked<'text of the catalogue'>;
type ResidentKey = Extract<PublicKey, `mail.${string}`>;
type MailKey = ResidentKey | Extract<MessageKey, `workmail.${string}`>;

type Says<Key extends string> = {
  (key: Key, values?: Readonly<Record<string, number | CaseNumber | ShortCode | TownWord | Said>>): Said;
  day(day: string): Said;
  instant(instant: Date): Said;
  readonly tag: string;
  readonly direction: 'ltr' | 'rtl';
  /** A person has checked the language; otherwise a mail says that French counts (R101). */
  readonly checked: boolean;
};
/** The words of mails to residents, in the reader's language. */
export type Say = Says<ResidentKey>;
/** The words of mails to the team and to partners, too: in French. */
export type TeamSay = Says<MailKey>;
export type TownWords = Readonly<Record<'name' | 'phone' | 'email' | 'address' | 'hours', TownWord>> & {
  readonly isDemo: boolean;
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const NUMBER = /^MS-\d{4}-\d{5,9}$/;
const SHORT_CODE = /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/;
const PATH =
  /^\/(?:suivi(?:\/participation\/vos-informations)?|invitation|partenaire\/[0-9a-f-]{36}|equipe(?:\/demandes\/[0-9a-f-]{36})?)$/;

/** @throws RangeError for anything but the number of a request. */
export function caseNumber(text: string): CaseNumber {
  if (!NUMBER.test(text)) throw new RangeError('not the number of a request');
  // Just checked.
  return text as CaseNumber;
}

/** @throws RangeError for anything but a short code in its two groups. */
export function shortCodeWord(text: string): ShortCode {
  if (!SHORT_CODE.test(text)) throw new RangeError('not a short code');
  // Just checked.
  return text as ShortCode;
}

/** A page a mail may lead to: none of them carries a power in its address (C-4). @throws RangeError for any other. */
export function ownUrl(origin: string, path: string): OwnUrl {
  if (!PATH.test(path)) throw new RangeError('not a page mails lead to');
  const { protocol, origin: clean } = new URL(origin);
  if (protocol !== 'https:' && protocol !== 'http:') throw new RangeError('not an origin of ours');
  // Our own origin and one of our own paths.
  return `${clean}${path}` as OwnUrl;
}

/** What the town's row says of its service: control signs taken out, numbers and hours kept whole. */
export function townWords(
  town: { name: string; isDemo: boolean } & Record<'phone' | 'email' | 'address' | 'openingHours', string>,
): TownWords {
  // Typed once by whoever creates the town, never by a person who asks.
  const word = (text: string) =>
    text
      .replace(/\p{Cc}+/gu, ' ')
      .replace(/(?<=\d) (?=\d|h\b)|(?<=\dh) (?=\d)|(?<= h) (?=\d)/gu, '\u00a0')
      .trim() as TownWord;
  return {
    name: word(town.name),
    phone: word(town.phone),
    email: word(town.email),
    address: word(town.address),
    hours: word(town.openingHours),
    isDemo: town.isDemo,
  };
}

/** The catalogue as mails may use it. */
export function sayer(t: Translate): TeamSay;
export function sayer(t: PublicTranslate): Say;
export function sayer(t: PublicTranslate): Say {
  // The catalogue's texts are ours, and the values let in are none that somebody typed.
  const said = (text: string) => text as Said;
  return Object.assign((key: ResidentKey, values?: Parameters<Say>[1]) => said(t(key, values)), {
    day: (day: string) => {
      if (!DAY.test(day)) throw new RangeError('not a day');
      return said(t.longDate(day));
    },
    instant: (instant: Date) => said(t.dateTime(instant)),
    tag: t.tag,
    direction: t.direction,
    checked: t.checked,
  });
}
