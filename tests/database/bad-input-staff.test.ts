import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CaseText } from '../../src/cases/case-text.ts';
import { type MessageKey, translator } from '../../src/i18n/catalogue.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { openDeadline } from '../../src/deadlines/open-deadline.ts';
import { MOST_ROWS } from '../../src/staff/note-rows.form.ts';
import { CASE_ACTIONS } from '../../src/staff/case-action.form.ts';
import { ACTION_SLUGS, type ActionSlug } from '../../src/staff/action-slugs.ts';
import { stateOf } from '../support/case-rows.ts';
import { encode, FORM, looked, type Pairs } from '../support/f1-form.ts';
import { faultBeside, noticeOf, shown, valueOf } from '../support/form-page.ts';
import { submit } from '../support/request.ts';
import { askedRight } from '../support/rights.ts';
import { columnNames, rowCounts } from '../support/stored-rows.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { webApp } from '../support/web.ts';

// security.md §6 on the acts of people at work, B-54. The table of the whole list stands in bad-input-request.

const t = translator('fr');
let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
let caseId: string;
const cookies = new Map<string, string>();
beforeAll(async () => {
  town = await testTown('badstaff');
  app = await webApp(town);
  for (const ref of ['R1', 'R2', 'M1']) {
    const entered = await raw('/demo/entrer', encode([['person', town.person(ref)]]), '');
    cookies.set(ref, (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '');
  }
  ({ caseId } = await submit(town, { quarter: null }));
  await giveTasks(caseId);
  for (const right of ['access', 'erase'] as const) await askedRight(town, { caseId }, right);
  // Nobody sends or relays here: on a slow machine every page would begin by saying so.
  await sql`update outbox set delivered_at = clock_timestamp() where delivered_at is null`.execute(town.owner);
  await town.owner.updateTable('mail').set({ state: 'accepted' }).where('state', '=', 'queued').execute();
});
afterAll(() => town.close());

async function raw(path: string, body: string, cookie: string, type = FORM['content-type']): Promise<Response> {
  return app.request(`http://localhost${path}`, { method: 'POST', headers: { ...FORM, cookie, 'content-type': type }, body });
} // prettier-ignore
const as = (ref: string) => cookies.get(ref) ?? '';
const address = (slug: string, id = caseId) => `/equipe/demandes/${id}/${slug}`;
const post = async (slug: string, pairs: Pairs, { ref = 'R1', id = caseId } = {}) =>
  looked(await raw(address(slug, id), encode(pairs), as(ref)));
const get = async (path: string, ref = 'R1') =>
  looked(await app.request(`http://localhost${path}`, { headers: { cookie: as(ref) } }));

type Field = { valid: string } & ({ kind: 'text'; limit: number } | { kind: 'choice' }) & { required: boolean };
const text = (required: boolean, limit = 1_000): Field => ({ kind: 'text', valid: 'Parce que.', limit, required });
const list = (valid: string, required = true): Field => ({ kind: 'choice', valid, required });
const written = (valid: string): Field => ({ ...text(false, 300), valid });
const needed = (valid: string): Field => ({ ...text(true, 300), valid });
/** The lines of a note: the same fields, with their numbers. */
const lines = (fields: Record<string, Field>): Record<string, Field> =>
  Object.fromEntries(
    Array.from({ length: MOST_ROWS }, (_, row) =>
      Object.entries(fields).map(([name, field]) => [`${name}${row + 1}`, field]),
    ).flat(),
  );
const SOMEBODY = '00000000-0000-4000-8000-000000000000';
/** How somebody is reached, of either side. */
const CONTACT = {
  phone: written('06 39 98 56 78'), email: written('a@b.example'), postalAddress: text(false, 300), contactHours: text(false, 300),
  spokenLanguage: list('', false), interpreter: list('yes', false),
}; // prettier-ignore
/** Every field of every act; mediators, mails and tasks are named by ids that nobody has. */
const FIELDS: Record<ActionSlug, Record<string, Field>> = {
  lire: {}, prendre: {}, valider: {}, renvoyer: {}, arreter: {},
  'ouvrir-accords': {}, mediation: {}, accompagner: {}, 'reprendre-accords': {}, evaluation: {}, reprise: {}, rouvrir: {}, point: {},
  accord: {
    party: list(SOMEBODY), takePart: list('yes'), contactOther: list('yes', false), maySay: text(false), recontact: list('yes', false),
    shareWith: list('', false), shareWhat: text(false, 300), shareFor: text(false, 300), keepShares: list('yes', false),
    mode: list('oral'), language: list('fr'),
    interpreterRef: text(false, 300), mandate: list('yes', false), representative: text(false, 300),
    legalRepresentative: list('yes', false), legalRepresentativeName: text(false, 300), copyGiven: list('yes', false),
  },
  'demander-accord': { party: list(SOMEBODY), cameBack: list('yes', false) },
  'sans-reponse': { party: list(SOMEBODY) },
  partager: { party: list(SOMEBODY), shareWith: list(SOMEBODY), shareWhat: text(true, 300), shareFor: text(true, 300), mode: list('oral') },
  'confirmer-lien': { link: list(SOMEBODY) },
  ecrire: { party: list(SOMEBODY), message: text(true, 1_500) },
  informer: { party: list(SOMEBODY), how: list('letter'), reason: text(false) },
  retrait: { party: list(SOMEBODY), withdrawnBy: list('phone') },
  partie: {
    kind: list('person'), organisation: list('', false), name: text(true, 300), representative: text(false, 300),
    legalRepresentativeName: text(false, 300), minor: list('yes', false), ...CONTACT,
  },
  coordonnees: {
    party: list(SOMEBODY), kind: list('person'), organisation: list('', false), name: text(true, 300), representative: text(false, 300),
    legalRepresentativeName: text(false, 300), minor: list('yes', false), ...CONTACT,
  },
  suivi: { result: list('', false), agreedText: text(false) },
  nouvelles: {
    check: list('d10'), party: list(SOMEBODY), day: written(''), way: list('phone'), reached: list('yes'), givesUp: list('yes', false),
    situation: list('better', false), kept: list('', false), score: list('', false), tension: list('', false), newNeed: text(false), next: list('go_on'),
  },
  pause: { pauseReason: list('works'), until: text(true, 300) },
  solliciter: { organisation: list(SOMEBODY), urgency: list('standard'), question: text(true) },
  'reponse-partenaire': { request: list(SOMEBODY), reply: list('answered'), actionOn: written(''), referTo: text(false, 300), note: text(false), followUpContact: text(false, 300), willTakePart: list('yes', false) },
  'informer-partenaire': { request: list(SOMEBODY), information: text(true) },
  'absence-partenaire': { request: list(SOMEBODY), position: list('referent'), until: needed('12/02/2027') },
  'annuler-demande': { request: list(SOMEBODY) },
  rencontre: { sessionMode: list('individual'), day: needed('12/02/2027'), hour: needed('14 h 30'), minutes: list('60'), place: text(true, 300) },
  deplacer: { session: list(SOMEBODY), day: needed('12/02/2027'), hour: needed('14 h 30'), minutes: list('60'), place: text(false, 300) },
  'annuler-rencontre': { session: list(SOMEBODY) },
  absence: { session: list(SOMEBODY) },
  note: {
    session: list('', false), noteMode: list('phone'), day: needed('12/01/2027'), hour: needed('14 h 30'), minutes: needed('60'), travel: list('', false),
    second: list('', false), participants: written(''), actionKind: list('', false),
    interpreter: list('yes', false), tensionBefore: list('2'), tensionAfter: list('1'), note: text(false), progress: list('listening'),
    safetyAlert: list('yes', false), nextStep: text(false, 300), nextOn: written(''), askPartner: list('yes', false),
    ...lines({ promisedBy: list('', false), promised: written(''), promisedFor: written('') }),
    ...lines({ linkWith: list('', false), linkKind: list('', false), linkHeld: list('', false) }),
  },
  bilan: {
    column: list('leader'), freedom: list('3'), impartiality: list('3'), partners: list('none'), timing: list('3'), notes: list('3'), safety: list('3'),
    result: list('3'), hoursSpent: written(''), mediatorsNeeded: list('', false), lesson: text(false), trainingNeed: text(false),
  },
  'confirmer-bilan': {}, 'avis-papier': { party: list(SOMEBODY) },
  conclusion: { metOn: needed('11/01/2027'), conclusion: text(true), workActions: text(false) },
  reaffecter: { mediator: list(SOMEBODY), second: list('', false), override: text(false) },
  regrouper: { into: text(true, 300) },
  question: { question: text(true) },
  reponse: { answer: text(true, 1_500) },
  reorienter: { motive: list('JURIDIQUE'), target: text(true, 300) },
  accepter: { domain: list('social'), complexity: list('simple'), tension: list('1'), preventive: list('yes', false), quarter: list('', false) },
  affecter: { mediator: list(SOMEBODY), second: list('', false), override: text(false) },
  decliner: { decline: list('CHARGE') },
  contact: { party: list('', false), way: list('phone'), reached: list('no'), relation: list('', false), score: list('', false), note: text(false) },
  decision: { decision: list('orient'), legalGround: list('', false), reason: text(true) },
  danger: { family: list('yes', false) },
  famille: { reason: text(true) },
  visite: { visitAllowed: list('yes'), reason: text(true) },
  clore: { outcome: list('ORIENTE'), reason: text(true), target: text(true, 300), tension: list('2', false) },
  corriger: { reason: text(true) },
  prolonger: { days: list('5') },
  courriel: { mail: list(SOMEBODY) },
  tache: { task: list(SOMEBODY) },
  droit: {
    party: list(SOMEBODY), right: list('access'), about: text(false), reply: list('page'), channel: list('phone'), identity: list('known_phone'),
    receivedOn: written(''),
  },
  'repondre-droit': { rights: list(SOMEBODY), answer: text(true, 1_500) },
  'refuser-droit': { rights: list(SOMEBODY), ground: list('excessive'), answer: text(true, 1_500) },
  'prolonger-droit': { rights: list(SOMEBODY), reason: text(true) },
  'retirer-droit': { rights: list(SOMEBODY) },
  'nouveau-code': { party: list(SOMEBODY), identity: list('known_phone') },
  masquer: { masked: list('story'), passage: text(true, 1_500), maskReason: list('health') },
  'coordonnees-personne': {
    name: text(true, 300), trustedPerson: text(false, 300), ...CONTACT,
  },
}; // prettier-ignore
/** As a page sends them: of the lines of a note only those it shows. */
const pairsOf = (slug: ActionSlug): Pairs =>
  Object.entries(FIELDS[slug])
    .filter(([name]) => !/[4-9]$/.test(name))
    .map(([name, { valid }]): [string, string] => [name, valid]);
const change = (slug: ActionSlug, field: string, ...values: string[]): Pairs => [
  ...pairsOf(slug).filter(([name]) => name !== field),
  ...values.map((value): [string, string] => [field, value]),
];
/**
 * All forms are read by the same code, each with its own table of fields: every field of every act meets some of `all`, and all of them are met
 * again every few fields.
 */
const turn = <T>(all: readonly T[], at: number, many: number): T[] =>
  Array.from({ length: Math.min(many, all.length) }, (_, n) => all[(at * many + n) % all.length] as T);
const EACH = ACTION_SLUGS.flatMap((slug) =>
  Object.entries(FIELDS[slug])
    // The lines of a note are read alike: the first and the last stand for all.
    .filter(([name]) => !/[2-7]$/.test(name))
    .map(([name, field]) => ({ slug, name, field, at: `${slug}.${name}` })),
);

test('every field of every act stands in the table above', () => {
  for (const slug of ACTION_SLUGS) expect(Object.keys(FIELDS[slug])).toEqual([...CASE_ACTIONS[slug].fields]);
});

/** 422, these words beside this field, and every other text still there. */
async function refused(slug: ActionSlug, pairs: Pairs, field: string, words: string): Promise<string> {
  const { status, html } = await post(slug, pairs);
  expect({ pairs: shortened(pairs), status, said: faultBeside(html, field) }).toEqual({ pairs: shortened(pairs), status: 422, said: words });
  for (const [name, value] of pairs)
    if (name !== field && FIELDS[slug][name]?.kind === 'text') expect(valueOf(html, name)).toBe(value);
  return html;
} // prettier-ignore
const shortened = (pairs: Pairs) => pairs.map(([name, value]) => `${name.slice(0, 20)}=${value.slice(0, 20)}`);

describe('refused, and nothing is stored', () => {
  let before: string;
  beforeAll(async () => {
    before = await rowCounts(town.owner);
  });
  afterAll(async () => {
    expect(await rowCounts(town.owner)).toBe(before);
    expect(await stateOf(town, caseId)).toBe('received');
  });

  for (const { slug, name, field, at } of EACH.filter(({ field: { required } }) => required)) {
    test(`B-01, B-02: ${at} missing, empty or of blanks`, async () => {
      await refused(slug, change(slug, name), name, t('staff.missing'));
      const blanks = field.kind === 'text' ? ['', '\u00A0\u2800', '\u200B\u3164\uFE0F', '\r\n\t\u0000'] : ['', ' '];
      for (const blank of blanks) await refused(slug, change(slug, name, blank), name, t('staff.missing'));
    }); // prettier-ignore
  }
  for (const [n, { slug, name, field, at }] of EACH.entries()) {
    test(`T-23: ${at} twice`, async () => {
      for (const second of turn([field.valid, 'autre'], n, 1))
        await refused(slug, change(slug, name, field.valid, second), name, t('staff.repeated'));
    });
  }
  for (const [n, { slug, name, field, at }] of EACH.entries()) {
    if (field.kind !== 'text') continue;
    test(`B-03: ${at} over its limit says the limit and stays whole`, async () => {
      const words = t('staff.tooLong', { limit: field.limit });
      const over = ['é'.repeat(field.limit + 1), '😀'.repeat(field.limit + 1), `${'a'.repeat(20_000)}z`];
      for (const typed of turn(over, n, 2)) {
        const html = await refused(slug, change(slug, name, typed), name, words);
        expect(valueOf(html, name) === typed).toBe(true);
      }
      expect(words).toContain(field.limit.toLocaleString('fr-FR'));
    });
  }
  for (const [n, { slug, name, field, at }] of EACH.entries()) {
    if (field.kind !== 'choice') continue;
    test(`B-16, B-18: ${at} with what stands in no list`, async () => {
      const strange = [' ', '1e0', '٣', '__proto__', '<script>alert(1)</script>', 'x'.repeat(5_000), `${field.valid}\u0000`];
      for (const value of turn(strange, n, 2)) await refused(slug, change(slug, name, value), name, t('staff.missing'));
    }); // prettier-ignore
  }
  test('B-18: a person who is no mediator, a mail or a task of nobody, a quarter of another town', async () => {
    for (const ref of ['R1', 'R2']) await refused('affecter', change('affecter', 'mediator', town.person(ref)), 'mediator', t('staff.missing'));
    await refused('affecter', [['mediator', town.person('M1')], ['second', SOMEBODY]], 'second', t('staff.missing'));
    for (const [slug, name] of [['courriel', 'mail'], ['tache', 'task']] as const)
      for (const id of [SOMEBODY, crypto.randomUUID(), caseId]) await refused(slug, [[name, id]], name, t('staff.missing'));
    await refused('accepter', change('accepter', 'quarter', 'ZZ'), 'quarter', t('staff.missing'));
  }); // prettier-ignore
  test('one person twice is said beside the second', async () => {
    const both: Pairs = [['mediator', town.person('M1')], ['second', town.person('M1')], ['override', 'Parce que.']]; // prettier-ignore
    await refused('affecter', both, 'second', t('staff.samePerson'));
  });
  for (const [n, slug] of ACTION_SLUGS.entries()) {
    test(`B-21: ${slug} with fields that are not asked`, async () => {
      const names = slug === 'clore' ? await columnNames(town.owner, 'mediation_case') : ['role', 'state', 'team_id', 'reason[]'];
      const strange = [...names, '__proto__', '', 'x'.repeat(10_000)];
      for (const name of slug === 'clore' ? strange : turn(strange, n, 3)) {
        if (Object.hasOwn(FIELDS[slug], name)) continue;
        const { status, html } = await post(slug, [...pairsOf(slug), [name, 'yes']]);
        expect({ name, status, told: noticeOf(html).includes('autre chose que ses questions') }).toEqual({ name, status: 422, told: true });
        for (const [own, valid] of pairsOf(slug)) if (FIELDS[slug][own]?.kind === 'text') expect(valueOf(html, own)).toBe(valid);
      }
    }); // prettier-ignore
    test(`B-23…B-26: ${slug} with what is no form`, async () => {
      const statuses = [];
      for (const [type, body] of [['application/json', '{}'], ['multipart/form-data; boundary=x', '--x--'], [FORM['content-type'], 'a&'.repeat(1_001)]] as const)
        statuses.push((await looked(await raw(address(slug), body, as('R1'), type))).status);
      expect(statuses).toEqual([415, 415, 413]);
    }); // prettier-ignore
  }
  test('T-06: a case that is not theirs, a random and a crooked id are one 404, whatever is posted', async () => {
    for (const slug of ACTION_SLUGS) {
      const answers = await Promise.all([post(slug, pairsOf(slug), { ref: 'M1' }), post(slug, pairsOf(slug), { id: SOMEBODY }), post(slug, pairsOf(slug), { id: 'x' }), post(slug, [], { id: SOMEBODY })]);
      expect(new Set(answers.map(({ html }) => html)).size).toBe(1);
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    }
    expect((await post('nommer', [])).status).toBe(404);
    expect((await post('__proto__', [])).status).toBe(404);
  }); // prettier-ignore
  test('without a session nothing is done, and the way to sign-in is shown', async () => {
    for (const slug of ACTION_SLUGS) {
      const answer = await raw(address(slug), encode(pairsOf(slug)), '');
      expect(answer.status).toBe(403);
      expect(await answer.text()).toContain('href="/connexion"');
    }
  });
});

describe('accepted, and shown as text', () => {
  const LITERAL = ['<script>alert(1)</script>', '</textarea><b>x', '"onfocus="x', '{{7*7}} ${7*7} <%= 1 %>', "'; DROP TABLE redirection; --", "=cmd|' /C calc'!A0", 'مرحبا', '@all MS-2027-00001 **gras**'];
  test('B-09, B-10, B-11, B-97: what the team writes is text for the person who follows, and for the team', async () => {
    for (const typed of [...LITERAL, '😀'.repeat(300), 'é'.repeat(300)]) {
      const asked = await followed();
      expect((await post('question', [['question', typed]], { id: asked.caseId })).status).toBe(303);
      const sent = await followed();
      expect((await post('reorienter', [['motive', 'SOINS'], ['target', typed]], { id: sent.caseId })).status).toBe(303);
      for (const [answer, id] of [[await asked.page(), asked.caseId], [await sent.page(), sent.caseId]] as const) {
        for (const { status, html } of [await looked(answer), id === asked.caseId ? await get(`/equipe/demandes/${id}`) : { status: 200, html: typed.replaceAll('<', '&lt;') }]) {
          expect(status).toBe(200);
          expect({ typed: typed.slice(0, 20), shown: shown(html.replaceAll(/<[^>]*>/g, '\n')).includes(typed) }).toEqual({ typed: typed.slice(0, 20), shown: true });
        }
      }
    }
  });
  test('B-03, B-04: exactly the limit; B-12: line breaks fold in one line', async () => {
    const { caseId: id, page } = await followed();
    expect((await post('reorienter', [['motive', 'SOINS'], ['target', `Maison\r\nde santé\u0000\u202E`]], { id })).status).toBe(303);
    expect((await (await page()).text()).includes('Maison de santé')).toBe(true);
    for (const sign of ['é', '😀']) {
      const other = await submit(town);
      expect((await post('question', [['question', sign.repeat(1_000)]], { id: other.caseId })).status).toBe(303);
    }
  });
  test('a mediator whose qualification is not verified: the reason is asked beside its field, and the choice stays', async () => {
    const { caseId: id } = await submit(town);
    expect((await post('accepter', pairsOf('accepter'), { id })).status).toBe(303);
    const before = await rowCounts(town.owner);
    const { status, html } = await post('affecter', [['mediator', town.person('M7')], ['override', ' \u200B']], { id });
    expect([status, faultBeside(html, 'override'), valueOf(html, 'mediator')]).toEqual([422, t('staff.reasonNeeded'), [town.person('M7')]]);
    expect(await rowCounts(town.owner)).toBe(before);
  });
}); // prettier-ignore

describe('the quarter that gives a case its team', () => {
  test('may be another team’s: the case is accepted and leaves the leader’s sight', async () => {
    const { caseId: id } = await submit(town, { quarter: null });
    const answer = await raw(address('accepter', id), encode(change('accepter', 'quarter', 'CEN')), as('R1'));
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/equipe']);
    expect(await stateOf(town, id)).toBe('accepted');
    expect((await get(`/equipe/demandes/${id}`, 'R1')).status).toBe(404);
    expect((await get(`/equipe/demandes/${id}`, 'R2')).status).toBe(200);
  });
  test('B-21: is asked of a case without one only', async () => {
    const { caseId: id } = await submit(town);
    const { status, html } = await post('accepter', change('accepter', 'quarter', 'CEN'), { id });
    expect([status, faultBeside(html, 'quarter')]).toEqual([422, t('staff.missing')]);
    expect(await stateOf(town, id)).toBe('received');
  });
});

describe('B-54: a page left open', () => {
  test('by somebody else in the same browser acts for nobody', async () => {
    const { caseId: id } = await submit(town, { quarter: null });
    const before = await rowCounts(town.owner);
    const page = await get(address('question', id), 'R1');
    expect(valueOf(page.html, 'by')).toBe(town.person('R1'));
    const pairs: Pairs = [['by', town.person('R1')], ['question', 'Depuis quand ?']]; // prettier-ignore
    const { status, html } = await post('question', pairs, { id, ref: 'R2' });
    expect([status, noticeOf(html).includes('ouverte par une autre personne')]).toEqual([409, true]);
    expect([valueOf(html, 'question'), valueOf(html, 'by')]).toEqual(['Depuis quand ?', town.person('R2')]);
    expect(await rowCounts(town.owner)).toBe(before);
    const own: Pairs = [['by', town.person('R2')], ['question', 'Depuis quand ?']]; // prettier-ignore
    expect((await post('question', own, { id, ref: 'R2' })).status).toBe(303);
  });
  test('on a case that has moved on is refused with what was typed; a second click changes nothing', async () => {
    const { caseId: id } = await submit(town);
    const twice = await Promise.all([0, 1].map(() => post('question', [['question', 'Depuis quand ?']], { id })));
    expect(new Set(twice.map(({ status }) => status))).toEqual(new Set([303, 409]));
    const before = await rowCounts(town.owner);
    for (const [slug, typed] of [['question', 'Et où ?'], ['reorienter', 'Parce que.']] as const) {
      const { status, html } = await post(slug, slug === 'question' ? [['question', typed]] : pairsOf(slug), { id });
      expect([status, noticeOf(html).includes('a changé')]).toEqual([409, true]);
      expect(valueOf(html, slug === 'question' ? 'question' : 'target')).toBe(typed);
    } // prettier-ignore
    for (const slug of [
      'lire',
      'accepter',
      'prendre',
      'valider',
      'renvoyer',
      'decliner',
      'corriger',
      'prolonger',
      'decision',
    ] as const)
      expect({ slug, status: (await post(slug, pairsOf(slug), { id })).status }).toEqual({ slug, status: 409 });
    expect(await rowCounts(town.owner)).toBe(before);
  });
});

test('§8, B-54: the refusal says what happened since the page was opened, by whom, and where the request stands now', async () => {
  const { caseId: id } = await submit(town);
  const seen = String(valueOf((await get(address('question', id), 'R1')).html, 'seen'));
  expect(Number(seen)).toBeGreaterThan(0);
  const other: Pairs = [['motive', 'SOINS'], ['target', 'Le centre de santé']]; // prettier-ignore
  expect((await post('reorienter', other, { id, ref: 'R1' })).status).toBe(303);
  const late: Pairs = [['seen', seen], ['question', 'Depuis quand ?']]; // prettier-ignore
  const { status, html } = await post('question', late, { id, ref: 'R1' });
  expect([status, valueOf(html, 'question')]).toEqual([409, 'Depuis quand ?']);
  const since = /aria-labelledby="since">(.*?)<\/section>/s.exec(html)?.[1] ?? '';
  expect(since).toContain('Nadège Kerlidou');
  expect(since).toContain(t('staff.event.case_redirected'));
  expect(since).not.toContain(t('staff.event.request_received'));
  expect(since).toContain('Réorientée');
});

/** A mail that is uncertain, and something to read. */
async function giveTasks(id: string): Promise<void> {
  const found = await sql<{ id: string }>`
    insert into mail (town_id, case_id, template, dedupe_key, message_id, not_before, state)
    values (${town.townId}, ${id}, 'closed', 'unsure', 'unsure@x', business_now(${town.townId}::uuid), 'unknown') returning id`.execute(town.owner);
  const mailId = found.rows[0]?.id ?? '';
  const ctx = town.context('passerelle_worker');
  const policy = await ctx.policies.of(town.townId);
  await inTransaction(ctx.db, { role: 'app_worker', townId: town.townId }, async (tx) => {
    await openDeadline(tx, policy, { caseId: id, kind: 'task_mail_uncertain', mailId, reason: 'closed' });
    await openDeadline(tx, policy, { caseId: id, kind: 'task_read_message' });
  });
  // A request that waits for a partner, so that the acts on one have something to choose.
  const theCase = await town.owner.selectFrom('mediation_case').select(['id', 'kid', 'wrapped_key as wrappedKey']).where('id', '=', id).executeTakeFirstOrThrow();
  const organisation = await town.owner.selectFrom('organisation').select('id').where('code', '=', 'O09').executeTakeFirstOrThrow();
  await town.owner.insertInto('partner_request').values((['sent', 'needs_info'] as const).map((state) => ({
    case_id: id, town_id: town.townId, organisation_id: organisation.id, asked_by: town.person('R1'), urgency: 'standard' as const, state,
    question: new CaseText(town.keys, theCase).seal('partner_request', 'question', 'Quand ?'), sent_at: new Date(), due_day: '2027-01-25',
  }))).execute();
} // prettier-ignore

test('B-01: the summary names each question that lacks its answer', async () => {
  const { status, html } = await post('accepter', []);
  const links = [...html.matchAll(/<a href="#(\w+)">([^<]+)<\/a>/g)].map(([, field, said]) => [field, said]);
  expect([status, links]).toEqual([
    422,
    ['domain', 'complexity', 'tension'].map((field) => [
      field,
      `${t(`staff.field.${field}` as MessageKey)} – répondez à cette question.`,
    ]),
  ]);
});

/** A request of its own with the page of the person who follows it. */
async function followed(): Promise<{ caseId: string; page: () => Promise<Response> }> {
  const { caseId: id, code = '' } = await submit(town);
  const answer = await raw('/suivi', encode([['code', code]]), '');
  const [line = ''] = answer.headers.getSetCookie().filter((set) => set.startsWith('suivi='));
  const cookie = line.split(';')[0] ?? '';
  return {
    caseId: id,
    page: async () => app.request('http://localhost/suivi/demande', { headers: { cookie } }),
  };
}
