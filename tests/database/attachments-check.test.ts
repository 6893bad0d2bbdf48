import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { startChecks } from '../../src/attachments/check-pump.ts';
import { type Scanner, clamdScanner } from '../../src/attachments/clamd.ts';
import { reopenByRequester } from '../../src/cases/reopen.command.ts';
import { withdrawByRequester } from '../../src/cases/withdraw.command.ts';
import { translator } from '../../src/i18n/catalogue.ts';
import { takeNight } from '../../src/journal/take-night.command.ts';
import { createLog } from '../../src/log.ts';
import { Carried } from '../support/agreements.ts';
import { check, PARTYS, piecesOf, REQUESTERS, send } from '../support/attached.ts';
import { openKinds } from '../support/case-rows.ts';
import { startClamd, type TestClamd } from '../support/clamd.ts';
import { EICAR, pdf, picture, screenshot } from '../support/files.ts';
import { shown } from '../support/form-page.ts';
import { partyVisitor, requesterVisitor } from '../support/party-visitor.ts';
import { StaffVisitor } from '../support/staff-visitor.ts';
import { TownClock } from '../support/town-clock.ts';
import { type TestTown, testTown } from '../support/town.ts';
import type { Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// T-33, B-69, B-71: the checks, against a server that speaks ClamAV's protocol; §3.5: the erasing, with the moved clock.

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
let clamd: TestClamd;
let scanner: Scanner;
beforeAll(async () => {
  [town, clamd] = await Promise.all([testTown('checks'), startClamd()]);
  app = await webApp(town);
  scanner = clamdScanner(clamd.address, 500);
});
afterAll(async () => {
  await clamd?.stop();
  await town?.close();
});

const t = translator('fr');

async function sent(bytes: Buffer, name = 'piece'): Promise<{ caseId: string; requester: Visitor; id: string }> {
  const one = new Carried(town);
  const caseId = await one.toFirstContact();
  const requester = await requesterVisitor(app, town, caseId);
  expect((await send(requester, REQUESTERS, { name, bytes })).status).toBe(303);
  const [piece] = await piecesOf(town, caseId);
  return { caseId, requester, id: piece?.id ?? '' };
}
const due = (id: string) =>
  town.owner.updateTable('attachment').set({ next_check_at: new Date(0) }).where('id', '=', id).execute(); // prettier-ignore
const codesOf = async (caseId: string) => {
  const events = town.owner.selectFrom('case_event').select('code').where('case_id', '=', caseId).where('code', 'like', 'attachment%');
  return (await events.orderBy('seq').execute()).map(({ code }) => code);
}; // prettier-ignore

describe('B-69, T-33: the antivirus', () => {
  test('a clean one is through, and the case says who has seen it', async () => {
    clamd.mood = 'well';
    const { caseId, id } = await sent(await picture('jpeg'));
    await check(town, scanner);
    expect((await piecesOf(town, caseId))[0]).toMatchObject({ state: 'checked', antivirus: 'clean' });
    const mediator = await StaffVisitor.enter(app, town, 'M1');
    expect(shown(await mediator.page(caseId))).toContain(t('staff.attachments.clean'));
    expect((await mediator.get(caseId, `pieces/${id}`)).status).toBe(200);
    // What was scanned is what is served: the picture drawn anew, not what came in.
    expect(clamd.seen.at(-1)?.equals(await picture('jpeg'))).toBe(false);
    expect(await codesOf(caseId)).toEqual(['attachment_received', 'attachment_checked']);
  });

  test('B-69: EICAR in a text chunk of a PNG: nothing of it remains to be found, and the picture is through', async () => {
    clamd.mood = 'well';
    const { caseId } = await sent(await screenshot(EICAR), 'capture.png');
    await check(town, scanner);
    expect((await piecesOf(town, caseId))[0]).toMatchObject({ state: 'checked', antivirus: 'clean' });
    expect(clamd.seen.at(-1)?.includes('EICAR')).toBe(false);
    // As it came in it would have been stopped.
    expect(await scanner.scan(await screenshot(EICAR))).toBe('infected');
  });

  test('B-76: nobody reads the words of a picture: they stand in no table, no column holds what a picture shows, nothing we install reads it', async () => {
    const words = await sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="640" height="120"><rect width="640" height="120" fill="#fff"/><text x="20" y="80" font-size="56">CANARI OCR 77</text></svg>`)).png().toBuffer();
    const { caseId, id } = await sent(words, 'mot.png');
    await check(town, scanner);
    expect((await piecesOf(town, caseId))[0]).toMatchObject({ state: 'checked' });
    const mediator = await StaffVisitor.enter(app, town, 'M1');
    expect((await mediator.get(caseId, `pieces/${id}`)).status).toBe(200);
    const tables = await sql<{ name: string }>`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(town.owner);
    for (const { name } of tables.rows) {
      const found = await sql`select 1 from ${sql.table(name)} as r where r::text ilike '%canari%'`.execute(town.owner);
      expect([name, found.rows]).toEqual([name, []]);
    }
    const columns = await sql<{ name: string }>`select column_name as name from information_schema.columns where table_name in ('attachment', 'attachment_content') order by 1`.execute(town.owner);
    expect([...new Set(columns.rows.map(({ name }) => name))]).toEqual(['antivirus', 'attachment_id', 'body', 'bytes', 'case_id', 'checks', 'id', 'kind', 'media', 'name', 'next_check_at', 'party_id', 'read_at', 'sent_at', 'state', 'town_id']);
    expect(Object.keys(manifest.dependencies).filter((name) => /ocr|tesseract|vision/i.test(name))).toEqual([]);
  }); // prettier-ignore

  test('an infected one is gone: nobody opens it, the team has it to read, the person reads neutral words', async () => {
    clamd.mood = 'well';
    const { caseId, requester, id } = await sent(pdf('', [`(${EICAR})`]), 'bail.pdf');

    await sql`update deadline set state = 'met', settled_at = now() where case_id = ${caseId} and kind = 'task_read_message'`.execute(town.owner); // prettier-ignore
    await check(town, scanner);
    expect((await piecesOf(town, caseId))[0]).toMatchObject({ state: 'infected', antivirus: null, body: null });
    expect(await openKinds(town, caseId)).toContain('task_read_message');
    const mediator = await StaffVisitor.enter(app, town, 'M1');
    expect(shown(await mediator.page(caseId))).toContain(t('staff.attachments.infected'));
    expect((await mediator.get(caseId, `pieces/${id}`)).status).toBe(404);
    const page = shown(await (await requester.get(REQUESTERS)).text());
    expect(page).toContain(t('attachments.lost'));
    expect(page).not.toMatch(/virus|infect|dangereux/i);
    expect((await requester.post(`${REQUESTERS}/enlever`, { piece: id })).status).toBe(409);
    expect((await send(requester, REQUESTERS, { name: 'a.jpg', bytes: await picture('jpeg') })).status).toBe(303);
    expect(await codesOf(caseId)).toEqual(['attachment_received', 'attachment_infected', 'attachment_received']);
  });

  test.each(['silent', 'closes', 'maybe', 'error', 'chatters', 'long'] as const)(
    'B-71: %s, and it stays in quarantine, unread, to be looked at again',
    async (mood) => {
      const { caseId, id } = await sent(pdf());
      clamd.mood = mood;
      await check(town, scanner);
      expect((await piecesOf(town, caseId))[0]).toMatchObject({ state: 'quarantined', antivirus: null });
      const mediator = await StaffVisitor.enter(app, town, 'M1');
      expect((await mediator.get(caseId, `pieces/${id}`)).status).toBe(404);
      const { checks, next_check_at: next } = await town.owner.selectFrom('attachment').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
      expect([checks, (next?.getTime() ?? 0) > Date.now()]).toEqual([1, true]);
      // Not before its time.
      clamd.mood = 'well';
      await check(town, scanner);
      expect((await piecesOf(town, caseId))[0]?.state).toBe('quarantined');
      await due(id);
      await check(town, scanner);
      expect((await piecesOf(town, caseId))[0]?.state).toBe('checked');
    },
  ); // prettier-ignore

  test('nobody there: it waits, longer each time', async () => {
    const { caseId, id } = await sent(pdf());
    for (let round = 0; round < 3; round += 1) {
      await due(id);
      await check(town, clamdScanner('127.0.0.1:1', 300));
    }
    const row = await town.owner.selectFrom('attachment').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    expect((row.next_check_at?.getTime() ?? 0) - Date.now()).toBeGreaterThan(60_000);
    expect((await piecesOf(town, caseId))[0]?.state).toBe('quarantined');
  });

  test('a word that comes after the person took it back changes nothing', async () => {
    clamd.mood = 'well';
    const { caseId, requester, id } = await sent(pdf('', [`(${EICAR})`]));
    await check(town, {
      async scan(bytes) {
        const verdict = await scanner.scan(bytes);
        await requester.post(`${REQUESTERS}/enlever`, { piece: id });
        return verdict;
      },
    });
    expect((await piecesOf(town, caseId))[0]).toMatchObject({ state: 'removed', body: null });
    expect(await codesOf(caseId)).toEqual(['attachment_received', 'attachment_removed']);
  });

  test('let through without an antivirus, it is looked at once there is one', async () => {
    clamd.mood = 'well';
    const { caseId } = await sent(pdf('', [`(${EICAR})`]));
    await check(town);
    expect((await piecesOf(town, caseId))[0]).toMatchObject({ state: 'checked', antivirus: 'none' });
    await check(town);
    expect(await codesOf(caseId)).toEqual(['attachment_received', 'attachment_checked']);
    await check(town, scanner);
    expect((await piecesOf(town, caseId))[0]).toMatchObject({ state: 'infected', body: null });
  });

  test('two who look at the same moment look once', async () => {
    clamd.mood = 'well';
    const { id } = await sent(pdf());
    clamd.seen = [];
    await Promise.all([check(town, scanner), check(town, scanner), check(town, scanner)]);
    const row = await town.owner.selectFrom('attachment').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    expect([row.checks, row.state]).toEqual([1, 'checked']);
  });

  test('the lanes of the worker are woken by what comes in', async () => {
    clamd.mood = 'well';
    const log = createLog('test', 'silent');
    const checks = startChecks({ ...town.context('passerelle_worker'), log }, scanner, town.database.url('passerelle_worker')); // prettier-ignore
    try {
      const { caseId } = await sent(await picture('png'));
      const state = async () => (await piecesOf(town, caseId))[0]?.state;
      await vi.waitUntil(async () => (await state()) === 'checked', { timeout: 10_000 });
    } finally {
      await checks.stop();
    }
  });
});

describe('§3.5: deleted three months after the end', () => {
  const clock = () => new TownClock(town);
  async function night(): Promise<void> {
    const steps = town.owner.selectFrom('step').select('id').where('town_id', '=', town.townId);
    const step = await steps.where('action', '=', 'nightly').where('state', '=', 'pending').executeTakeFirstOrThrow();
    await takeNight(town.context('passerelle_worker'), town.townId, step.id);
  }

  test('bytes and names go, the fact stays; a reopening stops it, and the next ending begins anew', async () => {
    const one = new Carried(town);
    const caseId = await one.toAgreements();
    const requester = await requesterVisitor(app, town, caseId);
    const party = await partyVisitor(app, town, one);
    await send(requester, REQUESTERS, { name: 'palier.jpg', bytes: await picture('jpeg') });
    await send(party, PARTYS, { name: 'bail.pdf', bytes: pdf() });
    await check(town);
    const stillOpen = await sent(await picture('jpeg'));
    const states = async () => (await piecesOf(town, caseId)).map(({ state, name, body }) => [state, name !== null, body !== null]); // prettier-ignore
    const kept = [['checked', true, true], ['checked', true, true]]; // prettier-ignore

    await withdrawByRequester(one.web, { townId: town.townId, caseId });
    const mediator = await StaffVisitor.enter(app, town, 'R1');
    expect(shown(await mediator.page(caseId))).toContain('Tout est effacé à partir du');
    await clock().forward(80);
    await night();
    expect(await states()).toEqual(kept);

    await reopenByRequester(one.web, { townId: town.townId, caseId });
    await clock().forward(40);
    await night();
    expect(await states()).toEqual(kept);

    await withdrawByRequester(one.web, { townId: town.townId, caseId });
    await clock().forward(89);
    await night();
    expect(await states()).toEqual(kept);
    await clock().forward(4);
    await night();
    expect(await states()).toEqual([['erased', false, false], ['erased', false, false]]); // prettier-ignore
    const lines = await town.owner.selectFrom('case_event').select('data').where('case_id', '=', caseId).where('code', '=', 'attachments_erased').execute(); // prettier-ignore
    expect(lines).toEqual([{ data: { count: 2 } }]);
    expect((await piecesOf(town, stillOpen.caseId))[0]?.body).not.toBeNull();
    // Again, and nothing more is written.
    await clock().forward(1);
    await night();
    expect((await codesOf(caseId)).filter((code) => code === 'attachments_erased')).toHaveLength(1);
  });

  test('what a party sent goes with its contact, one month after it left', async () => {
    const one = new Carried(town);
    const caseId = await one.toAgreements();
    const party = await partyVisitor(app, town, one);
    await send(party, PARTYS, { name: 'bail.pdf', bytes: pdf() });
    await check(town);
    await one.says('other', { takePart: false, contactOther: false, recontact: false });
    await clock().forward(33);
    await night();
    expect((await piecesOf(town, caseId))[0]).toMatchObject({ state: 'erased', name: null, body: null });
  });
});
