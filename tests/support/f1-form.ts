import { expect } from 'vitest';
import { type MessageKey, translator } from '../../src/i18n/catalogue.ts';
import { newDraft, sealDraft } from '../../src/privacy/draft-seal.ts';
import { SCREEN_ORDER, type Screen, SCREENS } from '../../src/requests/screens.ts';
import { faultBeside, titleOf, valueOf } from './form-page.ts';
import type { TestTown } from './town.ts';
import type { webApp } from './web.ts';

// Form F1 as a test fills it: every field with its limit, and one whole valid form.

export type Pairs = [name: string, value: string][];
/** A whole valid form, every field filled. */
export const VALID: Record<Screen, Pairs> = {
  danger: [['danger', 'no']],
  need: [['need', 'service']],
  what: [['categories', 'BRUIT'], ['categories', 'HALL'], ['service', 'O11'], ['service_text', 'le gardien']],
  place: [
    ['quarter', 'PEU'], ['place', 'K7QX3M'], ['place_type', 'hall'], ['place_text', 'hall du 12'], ['transport_line', 'ligne 3'], ['transport_stop', 'Terminus'],
  ],
  story: [
    ['story', 'Les bruits de pas.'], ['relation', 'avoid'], ['relation_score', '3'], ['hopes', 'talk'], ['hopes', 'less_noise'], ['hopes_text', 'Dormir la nuit.'],
    ['since', 'months'], ['frequency', 'each_day'], ['moments', 'night'], ['done_before', 'talked'], ['procedure', 'no'],
  ],
  contact: [
    ['first_name', 'Rosa'], ['contact_ways', 'phone'], ['contact_ways', 'email'], ['contact_ways', 'post'], ['contact_ways', 'trusted_person'],
    ['phone', '06 39 98 12 34'], ['email', 'rosa@courriel.example'], ['postal_address', '12 allée des Peupliers'], ['trusted_person', 'Ma sœur, 06 39 98 00 00'],
  ],
  care: [
    ['precautions', 'only_hours'], ['contact_hours', 'le matin'], ['spoken_language', 'fr'], ['interpreter', 'no'], ['access_needs', 'reading'], ['difficulties', 'economic'],
  ],
  note: [['note', 'Deux bancs cassés.']],
  send: [['age_group', 'adult'], ['accept_contact', 'yes'], ['read_notice', 'yes'], ['accept_evaluation', 'yes']],
}; // prettier-ignore

/** Limit in signs; `missing`: what is said when there is nothing; `tooLong`: one sign more; `free`: any text will do. */
export const TEXTS = [
  { name: 'service_text', screen: 'what', limit: 120, tooLong: 'service_text', missing: undefined, free: true },
  { name: 'place_text', screen: 'place', limit: 120, tooLong: 'place_text', missing: undefined, free: true },
  { name: 'transport_line', screen: 'place', limit: 60, tooLong: 'transport_line', missing: undefined, free: true },
  { name: 'transport_stop', screen: 'place', limit: 60, tooLong: 'transport_stop', missing: undefined, free: true },
  { name: 'story', screen: 'story', limit: 1_500, tooLong: 'story', missing: undefined, free: true },
  { name: 'hopes_text', screen: 'story', limit: 300, tooLong: 'hopes_text', missing: undefined, free: true },
  { name: 'first_name', screen: 'contact', limit: 60, tooLong: 'first_name_long', missing: 'first_name', free: true },
  { name: 'phone', screen: 'contact', limit: 60, tooLong: 'phone', missing: 'phone_missing', free: false },
  { name: 'email', screen: 'contact', limit: 320, tooLong: 'email', missing: 'email_missing', free: false },
  { name: 'postal_address', screen: 'contact', limit: 200, tooLong: 'postal_address', missing: 'postal_address_missing', free: true },
  { name: 'trusted_person', screen: 'contact', limit: 200, tooLong: 'trusted_person', missing: 'trusted_person_missing', free: true },
  { name: 'contact_hours', screen: 'care', limit: 100, tooLong: 'contact_hours', missing: undefined, free: true },
] as const; // prettier-ignore
export const FREE = TEXTS.filter(({ free }) => free);

export const CHOICES = [
  { name: 'danger', screen: 'danger', required: true, many: false },
  { name: 'family', screen: 'danger', required: false, many: false },
  { name: 'need', screen: 'need', required: true, many: false },
  { name: 'categories', screen: 'what', required: true, many: true },
  { name: 'service', screen: 'what', required: false, many: false },
  { name: 'quarter', screen: 'place', required: true, many: false },
  { name: 'place', screen: 'place', required: false, many: false },
  { name: 'place_type', screen: 'place', required: false, many: false },
  { name: 'relation', screen: 'story', required: false, many: false },
  { name: 'relation_score', screen: 'story', required: false, many: false },
  { name: 'hopes', screen: 'story', required: false, many: true },
  { name: 'since', screen: 'story', required: false, many: false },
  { name: 'frequency', screen: 'story', required: false, many: false },
  { name: 'moments', screen: 'story', required: false, many: true },
  { name: 'done_before', screen: 'story', required: false, many: true },
  { name: 'procedure', screen: 'story', required: false, many: false },
  { name: 'contact_ways', screen: 'contact', required: true, many: true },
  { name: 'precautions', screen: 'care', required: false, many: true },
  { name: 'spoken_language', screen: 'care', required: false, many: false },
  { name: 'interpreter', screen: 'care', required: false, many: false },
  { name: 'access_needs', screen: 'care', required: false, many: true },
  { name: 'difficulties', screen: 'care', required: false, many: true },
  { name: 'age_group', screen: 'send', required: true, many: false },
  { name: 'accept_contact', screen: 'send', required: true, many: false },
  { name: 'read_notice', screen: 'send', required: true, many: false },
  { name: 'accept_evaluation', screen: 'send', required: false, many: false },
] as const;

export const FORM = { origin: 'http://localhost:80', 'content-type': 'application/x-www-form-urlencoded' };
const t = translator('fr');
/** What a person reads beside a field; keys as in src/requests/screens.ts. */
export const message = (key: string) => t(`request.error.${key}` as MessageKey);

const STACK = /\bat .*\.tsx?:\d+|\bError:|request\.error\./;
/** What the tests type may stand in a page as text only. */
const UNESCAPED = /<script>alert|<img src=x|<\/textarea><b>|"onfocus=|<!--x/;

/** The page of an answer: never a 5xx, never a stack, never what was typed as markup. */
export async function looked(answer: Response): Promise<{ status: number; html: string }> {
  const html = await answer.text();
  expect(answer.status).toBeLessThan(500);
  expect(STACK.exec(html)?.[0]).toBeUndefined();
  expect(UNESCAPED.exec(html)?.[0]).toBeUndefined();
  return { status: answer.status, html };
}

export const encode = (pairs: Pairs) => new URLSearchParams(pairs).toString();
export const without = (pairs: Pairs, name: string): Pairs => pairs.filter(([known]) => known !== name);
/** The valid answers of a screen with others for one field. */
export const change = (screen: Screen, name: string, ...values: string[]): Pairs => [
  ...without(VALID[screen], name),
  ...values.map((value): [string, string] => [name, value]),
];

/** The valid answers of these screens with `changes` instead, as a draft holds them. */
export function answersOf(screens: readonly Screen[], changes: Pairs = []): Record<string, string | string[]> {
  const changed = new Set(changes.map(([name]) => name));
  const all = [...screens.flatMap((screen) => VALID[screen]).filter(([name]) => !changed.has(name)), ...changes];
  const lists: readonly string[] = SCREEN_ORDER.flatMap((screen) => [...SCREENS[screen].many]);
  const answers: Record<string, string | string[]> = {};
  for (const [name, value] of all) {
    const before = answers[name];
    answers[name] = lists.includes(name) ? [...(Array.isArray(before) ? before : []), value] : value;
  }
  return answers;
}

/** The form of one town, posted in process. */
export function formOf(town: TestTown, app: Awaited<ReturnType<typeof webApp>>) {
  const draftOf = (changes: Pairs = [], screens: readonly Screen[] = SCREEN_ORDER) =>
    sealDraft(town.keys, town.townId, { ...newDraft(Date.now()), answers: answersOf(screens, changes) });
  const bodyOf = (screen: Screen, pairs: Pairs, draft = draftOf()) =>
    encode([['draft', draft], ['screen', screen], ...pairs, ['go', 'next']]);
  const raw = async (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    app.request('http://localhost/demande', { method: 'POST', headers: { ...FORM, ...headers }, body });
  const post = async (screen: Screen, pairs: Pairs, draft?: string) => looked(await raw(bodyOf(screen, pairs, draft)));

  /** 422, this message beside this field and no other, and everything else still there. */
  async function refused(screen: Screen, pairs: Pairs, field: string, key: string): Promise<string> {
    const { status, html } = await post(screen, pairs);
    expect({ status, said: faultBeside(html, field) }).toEqual({ status: 422, said: message(key) });
    expect(titleOf(html)).toMatch(/^Il manque une réponse/);
    for (const [name, value] of pairs) {
      if (name === field || !TEXTS.some((text) => text.name === name)) continue;
      expect({ name, value: valueOf(html, name) }).toEqual({ name, value });
    }
    return html;
  }
  return { draftOf, bodyOf, raw, post, refused };
}
