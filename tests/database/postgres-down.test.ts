import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalPostgres, startPostgres } from '../../src/dev/postgres.ts';
import { formatCode, newRandomCode } from '../../src/privacy/case-code.ts';
import { newDraft, sealDraft } from '../../src/privacy/draft-seal.ts';
import { Carried } from '../support/agreements.ts';
import { webm } from '../support/files.ts';
import { shown, valueOf } from '../support/form-page.ts';
import { partyVisitor, requesterVisitor } from '../support/party-visitor.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { hiddenOf, Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

let postgres: LocalPostgres;
let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
const dir = mkdtempSync(path.join(os.tmpdir(), 'passerelle-down-'));
const runsParts = process.env['PASSERELLE_TEST_PARTS'];
const start = (port?: number) => startPostgres({ dir: path.join(dir, 'postgres'), port, durable: true });

beforeAll(async () => {
  postgres = await start();
  const parts = path.join(dir, 'parts.json');
  writeFileSync(parts, JSON.stringify({ adminUrl: postgres.adminUrl }));
  process.env['PASSERELLE_TEST_PARTS'] = parts;
  town = await testTown('pgdown');
  app = await webApp(town);
});
afterAll(async () => {
  process.env['PASSERELLE_TEST_PARTS'] = runsParts;
  await postgres.stop();
  rmSync(dir, { recursive: true, force: true });
});

const ANSWERS = {
  danger: 'no',
  need: 'person',
  categories: ['BRUIT'],
  quarter: 'PEU',
  story: 'Les bruits de pas.',
  first_name: 'Rosa',
  contact_ways: ['phone'],
  phone: '06 39 98 12 34',
};
const HEADERS = { origin: 'http://localhost:80', 'content-type': 'application/x-www-form-urlencoded' };
const post = (fields: Record<string, string>) =>
  app.request('http://localhost/demande', {
    method: 'POST',
    headers: HEADERS,
    body: new URLSearchParams(fields).toString(),
  });

/** Ends PostgreSQL at once, and waits until the web has noticed. */
async function killed(): Promise<void> {
  process.kill(postgres.pid, 'SIGKILL');
  await expect.poll(async () => (await app.request('http://localhost/readyz')).status).toBe(503);
}

test('F-07: what was written to the team while PostgreSQL was away stands on the page that says so, with a recording or without, and is sent from there', async () => {
  const one = new Carried(town);
  await one.toAgreements();
  const sides = [
    { visitor: await requesterVisitor(app, town, one.caseId), path: '/suivi/message' },
    { visitor: await partyVisitor(app, town, one), path: '/suivi/participation/message' },
  ];
  const form = crypto.randomUUID();
  const voice = { field: 'voice', name: 'a.webm', bytes: webm() };
  await killed();
  const kept: string[] = [];
  for (const { visitor, path } of sides)
    for (const files of [[voice], []]) {
      const typed = { message: `Ceci <reste>, ${path}.`, form };
      const away = await (files.length > 0 ? visitor.upload(path, typed, files) : visitor.post(path, typed));
      const html = await away.text();
      expect([away.status, away.headers.get('retry-after'), valueOf(html, 'message')]).toEqual([503, '30', typed.message]);
      expect([hiddenOf(html, 'form'), html.includes(`action="${path}"`)]).toEqual([form, true]);
      expect(shown(html).includes('Votre message vocal est à choisir à nouveau.')).toBe(files.length > 0);
      kept.push(html);
    }
  // Behind a code that is not known yet it waits too.
  const code = await sides[0]?.visitor.post('/suivi', { code: formatCode(newRandomCode()), message: 'Ceci reste.' });
  const asked = (await code?.text()) ?? '';
  expect([code?.status, valueOf(asked, 'message')]).toEqual([503, 'Ceci reste.']);

  postgres = await start(postgres.port);
  for (const { visitor, path } of sides)
    expect((await visitor.post(path, { message: valueOf(kept[0] ?? '', 'message').toString(), form })).status).toBe(303);
}); // prettier-ignore

test('F-07: any other form behind a code or of the team waits on the page that says so, and is sent from there; what signs in is never given back', async () => {
  const one = new Carried(town);
  await one.toAgreements();
  const visitor = await requesterVisitor(app, town, one.caseId);
  const mediator = new Visitor(app);
  await mediator.post('/demo/entrer', { person: town.person('M1') });
  const typed = { right: 'correct', about: 'Mon prénom est Rosa.', form: crypto.randomUUID() };
  await killed();
  const away = await visitor.post('/suivi/droits', typed);
  const html = await away.text();
  expect([away.status, away.headers.get('retry-after'), html.includes('action="/suivi/droits"')]).toEqual([503, '30', true]);
  for (const [name, value] of Object.entries(typed)) expect([name, hiddenOf(html, name)]).toEqual([name, value]);
  expect(shown(html)).toContain('Ce que vous avez écrit est gardé sur cette page.');
  const team = await mediator.post(`/equipe/demandes/${one.caseId}/note`, { note: 'Vu sur place.' });
  expect([team.status, hiddenOf(await team.text(), 'note')]).toEqual([503, 'Vu sur place.']);
  const secret = await visitor.post('/connexion', { email: 'a@b.example', password: 'CANARI-MOT-DE-PASSE' });
  expect([secret.status, (await secret.text()).includes('CANARI')]).toEqual([503, false]);
  postgres = await start(postgres.port);
}); // prettier-ignore

test('F-07, F-08: with PostgreSQL killed the form says so kindly, keeps every answer, and the same page sends once it is back', async () => {
  const draft = sealDraft(town.keys, town.townId, { ...newDraft(Date.now()), answers: ANSWERS });
  const last = { draft, screen: 'send', go: 'next', age_group: 'adult', accept_contact: 'yes', read_notice: 'yes' };
  await killed();

  const away = await post(last);
  const page = await away.text();
  expect(away.status).toBe(503);
  expect(page.replaceAll(/\s/g, ' ')).toContain('01 99 00 12 34');
  expect(page).toContain('Vos réponses sont gardées');
  expect(page).not.toMatch(/at .*\.ts:\d+|ECONNREFUSED/);
  expect((await app.request('http://localhost/')).status).toBe(200);
  expect((await app.request('http://localhost/readyz')).status).toBe(503);
  const kept = /name="draft" value="([^"]+)"/.exec(page)?.[1] ?? '';

  postgres = await start(postgres.port);
  expect((await post({ ...last, draft: kept })).status).toBe(303);
  const stored = await town
    .db('passerelle_web')
    .connection()
    .execute(async () => 'back');
  expect(stored).toBe('back');
});
