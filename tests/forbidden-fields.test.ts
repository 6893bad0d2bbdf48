import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CALL_FIELDS } from '../src/calls/call.form.ts';
import { OPINION_FORM } from '../src/evaluation/opinion.form.ts';
import { PARTNER_OPINION_FORM } from '../src/evaluation/partner-opinion.form.ts';
import { HELPLINE_FIELDS } from '../src/helplines/helpline.form.ts';
import { AGREEMENT_FORM } from '../src/parties/agreement.form.ts';
import { REACH_FORM } from '../src/parties/reach.form.ts';
import { ABSENCE_FORM } from '../src/partners/absence.form.ts';
import { ANSWER_FORM } from '../src/partners/answer.form.ts';
import { fieldsOfLevel, REFERRAL_LEVELS } from '../src/partners/referral.form.ts';
import { schemas } from '../src/requests/request.form.ts';
import { SCREENS } from '../src/requests/screens.ts';
import { RIGHT_FORM } from '../src/rights/right.form.ts';
import { CASE_ACTIONS } from '../src/staff/case-action.form.ts';
import { PLACE_FIELDS } from '../src/staff/place-entry.form.ts';
import { ENTRY_FIELDS } from '../src/staff/request-entry.form.ts';
import {
  ASKS_FOR_FORBIDDEN,
  ASKS_FOR_OFFENCES,
  namesForbiddenData,
  namesOffenceData,
} from './support/forbidden-data.ts';

// R78, R80, spec §3.4: no form has a field for what may not be kept, and no question asks for it. The columns: database/roles-and-journals.test.ts.

const src = new URL('../src/', import.meta.url);
type Names = { one: readonly string[]; many: readonly string[] };
/** Every closed form that a route reads under a name of its own. */
const FORMS: Record<string, Names[]> = {
  CALL_FIELDS: [{ one: CALL_FIELDS, many: [] }],
  OPINION_FORM: [OPINION_FORM],
  PARTNER_OPINION_FORM: [PARTNER_OPINION_FORM],
  HELPLINE_FIELDS: [{ one: HELPLINE_FIELDS, many: [] }],
  AGREEMENT_FORM: [AGREEMENT_FORM],
  REACH_FORM: [REACH_FORM],
  ABSENCE_FORM: [ABSENCE_FORM],
  ANSWER_FORM: [ANSWER_FORM],
  fieldsOfLevel: REFERRAL_LEVELS.map(fieldsOfLevel),
  SCREENS: Object.values(SCREENS),
  RIGHT_FORM: [RIGHT_FORM],
  CASE_ACTIONS: Object.values(CASE_ACTIONS).map(({ fields, many, hidden = [] }) => ({ one: [...fields, ...hidden], many })),
  PLACE_FIELDS: [PLACE_FIELDS],
  ENTRY_FIELDS: [ENTRY_FIELDS],
}; // prettier-ignore
const named = Object.values(FORMS).flatMap((forms) => forms.flatMap(({ one, many }) => [...one, ...many]));
/** What stands written out in a call of `readForm`, and in the lists a route makes of its own. */
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((path) => /\.tsx?$/.test(path) && !/\.test\./.test(path)); // prettier-ignore
const inline = sources.flatMap((path) => {
  const text = readFileSync(new URL(path, src), 'utf8');
  return [...text.matchAll(/readForm\(c, (\{[^}]*\})/g)].flatMap(([, literal = '']) => [...literal.matchAll(/'(\w+)'/g)].map(([, name = '']) => name)); // prettier-ignore
});
const catalogue = (room: string): [string, string][] =>
  Object.entries(JSON.parse(readFileSync(new URL(`i18n/locales/fr/${room}.json`, src), 'utf8')) as Record<string, string>); // prettier-ignore
/** The questions and choices of every form, in French; what is said beside them, « N’écrivez pas… » first of all, is not asked. */
const asked = [
  ...catalogue('request').filter(([key]) => !/\.hint$|\.text$|^request\.(?:notice|error|danger|minor|signalled|call|receipt|keep|kept|unavailable)/.test(key)),
  ...catalogue('referrals').filter(([key]) => !/hint|wrong|intro|\.text$/.test(key)),
  ...catalogue('evaluation').filter(([key]) => !/hint|wrong|intro/.test(key)),
  ...catalogue('staff').filter(([key]) => /^staff\.(?:field|entry)\.[\w.]+$/.test(key) && !/hint|error/.test(key)),
]; // prettier-ignore

test('R78: every form a route reads under a name is looked at here', () => {
  const read = sources.flatMap((path) =>
    [...readFileSync(new URL(path, src), 'utf8').matchAll(/(?:readForm\(c, (?:\{ one: \[\.\.\.)?|entryPosted\(deps, c, \{\s*fields: )([A-Za-z_]+)/g)].map(([, name]) => name),
  ); // prettier-ignore
  // What the team types for somebody is read under `entry` and `allowed`, and named where it is handed over.
  const handed = read.filter((name) => name === 'PLACE_FIELDS' || name === 'ENTRY_FIELDS');
  expect(handed.sort()).toEqual(['ENTRY_FIELDS', 'PLACE_FIELDS']);
  const KNOWN_BY_PARTS = { FIELDS: 'CALL_FIELDS', FORM: 'OPINION_FORM', entry: 'ENTRY_FIELDS', allowed: 'ENTRY_FIELDS', fields: 'CASE_ACTIONS', SPACE_FORM: 'AGREEMENT_FORM' } as Record<string, string>; // prettier-ignore
  const unknown = read.map((name = '') => KNOWN_BY_PARTS[name] ?? name).filter((name) => !(name in FORMS));
  expect(unknown).toEqual([]);
});

describe('R78: origin, religion, health, opinions, sexuality, nationality, immigration status', () => {
  test('no form has a field for one', () => {
    expect(named.length).toBeGreaterThan(200);
    expect([...named, ...inline].filter(namesForbiddenData)).toEqual([]);
  });
  test('no question and no choice asks for one', () => {
    expect(asked.length).toBeGreaterThan(400);
    expect(asked.filter(([, text]) => ASKS_FOR_FORBIDDEN.test(text))).toEqual([]);
  });
});

describe('R80: no offence, no complaint; of courts only whether there is a procedure', () => {
  test('one field in all forms, three answers, no word about it', () => {
    expect([...new Set([...named, ...inline].filter(namesOffenceData))]).toEqual(['procedure']);
    const { procedure } = schemas.story.shape;
    for (const said of ['yes', 'no', 'unknown', null]) expect(procedure.safeParse(said).success).toBe(true);
    for (const said of ['Oui, au tribunal de Vairelle', 'yes, 2026', 'complaint'])
      expect(procedure.safeParse(said).success).toBe(false);
  });
  test('one question in all forms', () => {
    const questions = asked.filter(([, text]) => ASKS_FOR_OFFENCES.test(text)).map(([key]) => key);
    expect(questions).toEqual(['request.procedure']);
  });
});
