import type { Context } from 'hono';
import { z } from 'zod';
import { type Locale, localeNamed } from '../i18n/languages.ts';
import { LANGUAGE_FIELD } from '../ui/public-header.tsx';
import { readOnIn } from './language.ts';
import { bodyBytes } from './body-bytes.ts';

declare module 'hono' {
  interface ContextVariableMap {
    /** The form of this request as it was posted, once it is read. */
    posted: string | undefined;
  }
}

export type Answers = Record<string, string | string[]>;
export type FormBody =
  /** `language`: somebody changed the language instead of sending; what was typed is to be shown again, unjudged. */
  | { ok: true; fields: Answers; language?: Locale }
  /** Cut on its way, too large, or no form. */
  | { ok: false; status: 400 | 413 | 415 }
  /** Not ours, or an answer twice: `fields` holds what was read of it, so that the page can show it again. */
  | { ok: false; status: 422; fields: Answers; repeated: string[]; unexpected: boolean };

const MAX_BYTES = 96_000;
const MAX_FIELDS = 200;

// Browsers send it bare; scripts and proxies may say the one charset that it has.
const FORM = /^application\/x-www-form-urlencoded(?:\s*;\s*charset="?utf-8"?)?\s*$/i;

/**
 * Reads a posted form, closed: a field not named here, or a single field posted twice, is refused (T-23, B-21…B-25).
 * Bytes are counted while they arrive, whatever the headers say.
 */
export async function readForm(
  c: Context,
  allowed: { one: readonly string[]; many: readonly string[] },
): Promise<FormBody> {
  const text = await postedText(c);
  return typeof text === 'number' ? { ok: false, status: text } : closed(c, new URLSearchParams(text), allowed);
}

/** Everything that was posted, in its order, as a form may post it again; nothing where it was no form of ours. Read already or not. */
export async function postedAgain(c: Context): Promise<[name: string, value: string][]> {
  const text = c.get('posted') ?? (c.req.method === 'POST' && !c.req.raw.bodyUsed ? await postedText(c) : '');
  const posted = typeof text === 'number' ? [] : [...new URLSearchParams(text)];
  return posted.filter(([name]) => name !== LANGUAGE_FIELD);
}

async function postedText(c: Context): Promise<string | 400 | 413 | 415> {
  if (!FORM.test(c.req.header('content-type') ?? '')) return 415;
  const bytes = await bodyBytes(c, MAX_BYTES);
  if (typeof bytes === 'number') return bytes;
  const text = bytes.toString('utf8');
  if (separators(text) >= MAX_FIELDS) return 413;
  c.set('posted', text);
  return text;
}

/** What was posted, as far as the form asks for it. */
export function closed(
  c: Context,
  posted: Iterable<readonly [name: string, value: string]>,
  allowed: { one: readonly string[]; many: readonly string[] },
): Exclude<FormBody, { status: 400 | 413 | 415 }> {
  const fields: Answers = {};
  const repeated = new Set<string>();
  let unexpected = false;
  let language: Locale | undefined;
  for (const [name, value] of posted) {
    if (name === LANGUAGE_FIELD) {
      language = localeNamed(value) ?? language;
      continue;
    }
    const before = fields[name];
    if (allowed.many.includes(name)) fields[name] = Array.isArray(before) ? [...before, value] : [value];
    else if (!allowed.one.includes(name)) unexpected = true;
    else if (before === undefined) fields[name] = value;
    else repeated.add(name);
  }
  if (language) readOnIn(c, language);
  if (!unexpected && repeated.size === 0) return { ok: true, fields, ...(language ? { language } : {}) };
  return { ok: false, status: 422, fields, repeated: [...repeated], unexpected };
}

const FormId = z.uuid();

/** The id a page gave its form, by which a command knows a second click; nothing when it is not as our pages write it. */
export function formId(fields: Answers): { form?: string } {
  const read = FormId.safeParse(fields['form']);
  return read.success ? { form: read.data } : {};
}

/** Counted before anything is made of them: 50,000 fields cost no more than reading them (B-23). */
function separators(text: string): number {
  let count = 0;
  for (let at = text.indexOf('&'); at >= 0 && count < MAX_FIELDS; at = text.indexOf('&', at + 1)) count += 1;
  return count;
}
