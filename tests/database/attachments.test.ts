import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_BYTES_OF_A_SIDE } from '../../src/attachments/file-limits.ts';
import { withdrawByRequester } from '../../src/cases/withdraw.command.ts';
import { CaseText } from '../../src/cases/case-text.ts';
import { type Actor, inTransaction } from '../../src/db/transaction.ts';
import { translator } from '../../src/i18n/catalogue.ts';
import { Carried } from '../support/agreements.ts';
import { check, PARTYS, piecesOf, REQUESTERS, say, send } from '../support/attached.ts';
import { openKinds, stateOf } from '../support/case-rows.ts';
import { EICAR, flood, heic, mp4, pdf, photo, picture, wav, webm } from '../support/files.ts';
import { faultBeside, noticeOf, shown } from '../support/form-page.ts';
import { limitsWith } from '../support/limits.ts';
import { partyVisitor, requesterVisitor } from '../support/party-visitor.ts';
import { StaffVisitor } from '../support/staff-visitor.ts';
import { rowCounts } from '../support/stored-rows.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { hiddenOf, Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// security.md §6, B-60…B-78, and R97: what the people of a case send, on both sides.

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
beforeAll(async () => {
  town = await testTown('attachments');
  app = await webApp(town);
});
afterAll(() => town.close());

const t = translator('fr');
/** Each message of a page, with its head. */
const messagesOn = (html: string) => [...html.matchAll(/<li class="message.*?<\/li>/gs)].map(([said]) => shown(said));
const CANARY = 'CANARI-41c2e7';

async function carried(): Promise<{ one: Carried; caseId: string; requester: Visitor; party: Visitor }> {
  const one = new Carried(town);
  const caseId = await one.toAgreements();
  return {
    one,
    caseId,
    requester: await requesterVisitor(app, town, caseId),
    party: await partyVisitor(app, town, one),
  };
}
async function opened(caseId: string, column: 'name' | 'body', sealed: Buffer): Promise<Buffer> {
  const row = await town.owner
    .selectFrom('mediation_case')
    .select(['id', 'kid', 'wrapped_key as wrappedKey'])
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  return new CaseText(town.keys, row).openFile(column === 'body' ? 'attachment_content' : 'attachment', column, sealed);
}

describe('R97: both sides send photos and documents, with equal rights', () => {
  test('a photo of the requester: drawn anew, sealed, in quarantine, the team is asked to read it', async () => {
    const { one, caseId, requester } = await carried();
    const before = await requester.get(REQUESTERS);
    expect(before.headers.get('permissions-policy')).toContain('microphone=(self)');
    expect(before.headers.get('content-security-policy')).toContain('media-src blob:');
    expect(shown(await before.text())).toContain('Jamais de visage');
    const sent = await send(requester, REQUESTERS, { name: `../${CANARY} ${'é'.repeat(5)}.jpg`, bytes: await photo(CANARY) });
    expect([sent.status, sent.headers.get('location')]).toEqual([303, `${REQUESTERS}?envoyee`]);
    const [piece] = await piecesOf(town, caseId);
    if (!piece?.body || !piece.name) throw new Error('nothing stored');
    expect(piece).toMatchObject({ kind: 'image', media: 'image/jpeg', state: 'quarantined', partyId: await one.partyId('requester') });
    for (const bytes of [piece.body, piece.name]) expect(bytes.includes('CANARI')).toBe(false);
    const bytes = await opened(caseId, 'body', piece.body);
    expect(bytes.includes('CANARI')).toBe(false);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 64 });
    expect((await opened(caseId, 'name', piece.name)).toString()).toBe(`${CANARY} ééééé.jpg`);
    expect(await openKinds(town, caseId)).toContain('task_read_message');
    const page = shown(await (await requester.get(`${REQUESTERS}?envoyee`)).text());
    expect(page).toContain(`${CANARY} ééééé.jpg`);
    expect(page).toContain('C’est envoyé.');
  }); // prettier-ignore

  test('the other party has the same page; neither sees what the other sent', async () => {
    const { one, caseId, requester, party } = await carried();
    expect((await send(party, PARTYS, { name: 'bail.pdf', bytes: pdf() })).status).toBe(303);
    expect((await send(requester, REQUESTERS, { name: 'palier.png', bytes: await picture('png') })).status).toBe(303);
    expect((await piecesOf(town, caseId)).map(({ kind, partyId }) => [kind, partyId])).toEqual([
      ['pdf', await one.partyId('other')],
      ['image', await one.partyId('requester')],
    ]);
    const [theirs, ours] = [await (await party.get(PARTYS)).text(), await (await requester.get(REQUESTERS)).text()];
    expect([theirs.includes('bail.pdf'), theirs.includes('palier.png')]).toEqual([true, false]);
    expect([ours.includes('bail.pdf'), ours.includes('palier.png')]).toEqual([false, true]);
  });

  test('both pages are linked, the requester’s from the receipt too, and its cookie opens that one request', async () => {
    const { requester, party } = await carried();
    expect(await (await requester.get('/suivi/demande')).text()).toContain(`href="${REQUESTERS}"`);
    expect(await (await party.get('/suivi/participation')).text()).toContain(`href="${PARTYS}"`);
    expect((await new Visitor(app).get('/demande/recu/pieces')).headers.get('location')).toBe('/suivi');
    expect((await new Visitor(app).get(REQUESTERS)).status).toBe(403);
    expect((await new Visitor(app).get(PARTYS)).status).toBe(403);
  });

  test('three at once, and no more: beside the field, and nothing of the fourth is kept', async () => {
    const { caseId, requester, party } = await carried();
    const one = { name: 'a.jpg', bytes: await picture('jpeg') };
    const four = await send(requester, REQUESTERS, one, one, one, one);
    expect([four.status, faultBeside(await four.text(), 'files')]).toEqual([422, shown(t('attachments.wrong.too_many', { files: 3 }))]);
    expect(await piecesOf(town, caseId)).toEqual([]);
    expect((await send(requester, REQUESTERS, one, one, one)).status).toBe(303);
    const fifth = await send(requester, REQUESTERS, one);
    expect([fifth.status, faultBeside(await fifth.text(), 'files')]).toEqual([422, shown(t('attachments.wrong.files_enough', { files: 3 }))]);
    expect((await send(party, PARTYS, one)).status).toBe(303);
    expect(await piecesOf(town, caseId)).toHaveLength(4);
  }); // prettier-ignore

  test('B-65, B-73: many at the same moment are counted one after the other, under the lock of the case', async () => {
    const { caseId, requester } = await carried();
    const bytes = pdf();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => send(requester, REQUESTERS, { name: 'même nom.pdf', bytes })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 303, 303, 422, 422, 422]);
    expect(new Set((await piecesOf(town, caseId)).map(({ id }) => id)).size).toBe(3);
  });

  test('B-65: all that one side keeps is bounded, recordings too', async () => {
    const { caseId, one, requester } = await carried();
    const row = {
      case_id: caseId,
      town_id: town.townId,
      party_id: await one.partyId('requester'),
      sent_at: new Date(),
    };
    const recording = {
      ...row,
      kind: 'voice',
      media: 'audio/wav',
      name: null,
      bytes: MAX_BYTES_OF_A_SIDE / 6,
    } as const;
    await town.owner
      .insertInto('attachment')
      .values(Array.from({ length: 6 }, () => recording))
      .execute();
    expect((await send(requester, REQUESTERS, { name: 'a.jpg', bytes: await picture('jpeg') })).status).toBe(422);
  });

  test('the same form twice is sent once', async () => {
    const { caseId, requester } = await carried();
    const form = hiddenOf(await (await requester.get(REQUESTERS)).text(), 'form');
    const file = { field: 'files', name: 'a.jpg', bytes: await picture('jpeg') };
    const clicks = await Promise.all([requester.upload(REQUESTERS, { form }, [file]), requester.upload(REQUESTERS, { form }, [file])]);
    expect(clicks.map(({ status }) => status)).toEqual([303, 303]);
    expect(await piecesOf(town, caseId)).toHaveLength(1);
  }); // prettier-ignore
});

describe('refused beside the field, with what to do instead, and nothing is stored', () => {
  let requester: Visitor;
  let before: string;
  beforeAll(async () => {
    ({ requester } = await carried());
    before = await rowCounts(town.owner);
  });
  afterAll(async () => {
    expect(await rowCounts(town.owner)).toBe(before);
  });

  test.each([
    ['B-61: HEIC', 'heic', () => heic()],
    ['B-61: WebP', 'not_these', async () => sharp(await picture('png')).webp().toBuffer()],
    ['B-61: SVG', 'not_these', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['B-61: HTML', 'not_these', () => Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['B-61: a film', 'video', () => mp4('vide', 'mp42')],
    ['a recording among documents', 'not_these', () => wav()],
    ['B-69: EICAR', 'not_these', () => Buffer.from(EICAR)],
    ['B-65: no byte', 'empty', () => Buffer.alloc(0)],
    ['B-65: one byte too many', 'too_big', () => Buffer.alloc(5_000_001, 1)],
    ['B-66: a picture that says it is huge', 'unreadable_image', () => flood(50_000, 50_000, { depth: 1, colour: 0 })],
    ['B-68: a photo cut in the middle', 'unreadable_image', async () => (await picture('jpeg', 256)).subarray(0, 5_000)],
    ['B-70: a document with a program', 'unsafe_pdf', () => pdf('', ['<< /S /JavaScript >>'])],
  ] as const)('%s', async (_name, why, make) => {
    const answer = await send(requester, REQUESTERS, { name: 'photo.jpg', bytes: await make() });
    const said = t('attachments.wrong', { name: 'photo.jpg', why: t(`attachments.wrong.${why}`) });
    expect([answer.status, faultBeside(await answer.text(), 'files')]).toEqual([422, shown(said)]);
  }); // prettier-ignore

  test('one of three that cannot be taken says which, and none is kept', async () => {
    const good = { name: 'a.jpg', bytes: await picture('jpeg') };
    const answer = await send(requester, REQUESTERS, good, { name: 'IMG_1.HEIC', bytes: heic() }, good);
    expect(faultBeside(await answer.text(), 'files')).toMatch(/^IMG_1\.HEIC\s: .*capture d’écran/);
  });

  test('no file, and much too much of it', async () => {
    const none = await send(requester, REQUESTERS);
    expect([none.status, faultBeside(await none.text(), 'files')]).toEqual([422, 'Choisissez un fichier.']);
    const much = await send(requester, REQUESTERS, { name: 'a.jpg', bytes: Buffer.alloc(17_000_000) });
    expect([much.status, faultBeside(await much.text(), 'files')]).toEqual([413, shown(t('attachments.wrong.all_too_big'))]);
  }); // prettier-ignore

  test('B-21, B-25: another field is refused; a form of another type is none', async () => {
    const file = { field: 'files', name: 'a.jpg', bytes: await picture('jpeg') };
    for (const name of ['state', 'antivirus', 'party_id', 'case_id', '__proto__'])
      expect((await requester.upload(REQUESTERS, { [name]: 'checked' }, [file])).status).toBe(422);
    expect((await requester.post(REQUESTERS, { files: 'x' })).status).toBe(415);
    expect((await requester.upload(`${REQUESTERS}/enlever`, {}, [file])).status).toBe(415);
  });

  test('a recording that is none', async () => {
    const answer = await say(requester, REQUESTERS, { name: 'x.mp3', bytes: Buffer.from('ID4 no sound') });
    expect([answer.status, faultBeside(await answer.text(), 'voice')]).toEqual([422, shown(t('attachments.wrong', { name: 'x.mp3', why: t('attachments.wrong.not_voice') }))]);
    const film = await say(requester, REQUESTERS, { name: 'x.mp4', bytes: mp4('vide', 'mp42') });
    expect(faultBeside(await film.text(), 'voice')).toContain('pas de vidéo');
  }); // prettier-ignore
});

describe('R97, R30: taken back, ended, over the limit', () => {
  test('what nobody has opened may be taken back: bytes and name go, the line stays', async () => {
    const { caseId, requester, party } = await carried();
    await send(requester, REQUESTERS, { name: 'erreur.jpg', bytes: await picture('jpeg') });
    const [piece] = await piecesOf(town, caseId);
    const id = piece?.id ?? '';
    // Not by the other side, and not by a guess.
    for (const [visitor, at] of [[party, PARTYS], [requester, REQUESTERS]] as const)
      for (const wrong of [visitor === party ? id : crypto.randomUUID(), 'x', ''])
        expect([404, 409]).toContain((await visitor.post(`${at}/enlever`, { piece: wrong })).status);
    expect((await piecesOf(town, caseId))[0]?.state).toBe('quarantined');
    const gone = await requester.post(`${REQUESTERS}/enlever`, { piece: id, form: crypto.randomUUID() });
    expect(gone.headers.get('location')).toBe(`${REQUESTERS}?enlevee`);
    expect((await piecesOf(town, caseId))[0]).toMatchObject({ state: 'removed', name: null, body: null });
    const codes = await town.owner.selectFrom('case_event').select('code').where('case_id', '=', caseId).where('code', 'like', 'attachment%').orderBy('seq').execute();
    expect(codes.map(({ code }) => code)).toEqual(['attachment_received', 'attachment_removed']);
    // Asked again in another tab, what was wanted is so: nobody has opened it.
    const again = await requester.post(`${REQUESTERS}/enlever`, { piece: id });
    expect([again.status, again.headers.get('location')]).toEqual([303, `${REQUESTERS}?enlevee`]);
    expect((await send(requester, REQUESTERS, { name: 'juste.jpg', bytes: await picture('jpeg') })).status).toBe(303);
  }); // prettier-ignore

  test('what somebody of the team has opened stays', async () => {
    const { caseId, requester } = await carried();
    await send(requester, REQUESTERS, { name: 'a.jpg', bytes: await picture('jpeg') });
    await check(town);
    const [piece] = await piecesOf(town, caseId);
    const mediator = await StaffVisitor.enter(app, town, 'M1');
    expect((await mediator.get(caseId, `pieces/${piece?.id}`)).status).toBe(200);
    const kept = await requester.post(`${REQUESTERS}/enlever`, { piece: piece?.id ?? '' });
    expect([kept.status, shown(await kept.text())]).toEqual([409, expect.stringContaining('L’équipe l’a déjà ouvert')]);
    expect((await piecesOf(town, caseId))[0]).toMatchObject({ state: 'checked' });
  });

  test('R82, B-69: what went meanwhile is not said to have been opened: stopped by the antivirus, erased by us, never ours', async () => {
    const { caseId, requester } = await carried();
    await send(requester, REQUESTERS, { name: 'a.jpg', bytes: await picture('jpeg') });
    const [piece] = await piecesOf(town, caseId);
    const remove = async (id = piece?.id ?? '') => {
      const answer = await requester.post(`${REQUESTERS}/enlever`, { piece: id });
      return [answer.status, /<strong>(.*?)<\/strong>/.exec(noticeOf(await answer.text()))?.[1]] as const;
    };
    await town.owner.updateTable('attachment').set({ state: 'infected' }).where('id', '=', piece?.id ?? '').execute();
    expect(await remove()).toEqual([409, shown(t('attachments.lost'))]);
    await town.owner.updateTable('attachment').set({ state: 'erased', name: null }).where('id', '=', piece?.id ?? '').execute();
    expect(await remove()).toEqual([409, shown(t('attachments.not_here'))]);
    expect(await remove(crypto.randomUUID())).toEqual([409, shown(t('attachments.not_here'))]);
  }); // prettier-ignore

  test('B-77: after the end the page is not there, and a form that was open stores nothing and says why', async () => {
    const { caseId, requester, party } = await carried();
    const form = hiddenOf(await (await requester.get(REQUESTERS)).text(), 'form');
    await withdrawByRequester(town.context('passerelle_web'), { townId: town.townId, caseId });
    expect((await requester.get(REQUESTERS)).status).toBe(404);
    expect((await party.get(PARTYS)).status).toBe(404);
    const file = { field: 'files', name: 'a.jpg', bytes: await picture('jpeg') };
    const late = await requester.upload(REQUESTERS, { form }, [file]);
    expect([late.status, shown(await late.text())]).toEqual([409, expect.stringContaining('Rien n’a été envoyé')]);
    expect((await party.upload(PARTYS, { form }, [file])).status).toBe(409);
    expect(await piecesOf(town, caseId)).toEqual([]);
  });

  test('B-77: after the end nothing is taken back, and the page does not say that somebody opened it', async () => {
    const { caseId, requester } = await carried();
    await send(requester, REQUESTERS, { name: 'a.jpg', bytes: await picture('jpeg') });
    const [piece] = await piecesOf(town, caseId);
    await withdrawByRequester(town.context('passerelle_web'), { townId: town.townId, caseId });
    const late = await requester.post(`${REQUESTERS}/enlever`, { piece: piece?.id ?? '' });
    const html = shown(await late.text());
    expect([late.status, html.includes('Vous ne pouvez plus enlever ce fichier ici'), html.includes('L’équipe l’a déjà ouvert')]).toEqual([409, true, false]);
    expect((await piecesOf(town, caseId))[0]).toMatchObject({ state: 'quarantined' });
  }); // prettier-ignore

  test('T-34: forms with files have a budget, and say how long to wait', async () => {
    const { caseId } = await carried();
    await sql`delete from rate_limit`.execute(town.owner);
    const tight = await webApp(town, true, () => 80, limitsWith({ files: 1 }));
    const requester = await requesterVisitor(tight, town, caseId);
    const file = { name: 'a.jpg', bytes: await picture('jpeg') };
    expect((await send(requester, REQUESTERS, file)).status).toBe(303);
    const over = await send(requester, REQUESTERS, file);
    expect([over.status, Number(over.headers.get('retry-after')) > 0]).toEqual([429, true]);
  });
});

describe('B-78, T-06, R88: opening one', () => {
  async function stored(file: { name: string; bytes: Buffer }) {
    const found = await carried();
    await send(found.requester, REQUESTERS, file);
    const [piece] = await piecesOf(town, found.caseId);
    return { ...found, id: piece?.id ?? '' };
  }

  test('only when it is through, as a download of its own policy, and the reading is written down', async () => {
    const { caseId, id } = await stored({ name: `"${CANARY}"; filename=x.exe`, bytes: pdf() });
    const mediator = await StaffVisitor.enter(app, town, 'M1');
    expect((await mediator.get(caseId, `pieces/${id}`)).status).toBe(404);
    expect(await mediator.page(caseId)).not.toContain(`pieces/${id}`);
    await check(town);
    const reads = async () => town.owner.selectFrom('case_read').select(['kind', 'groups']).where('case_id', '=', caseId).where(sql<boolean>`groups = array['attachments']`).execute();
    expect(await reads()).toEqual([]);
    const answer = await mediator.get(caseId, `pieces/${id}`);
    expect(Buffer.from(await answer.arrayBuffer()).equals(pdf())).toBe(true);
    expect(Object.fromEntries(['content-type', 'content-disposition', 'content-security-policy', 'x-content-type-options', 'cache-control', 'permissions-policy'].map((name) => [name, answer.headers.get(name)]))).toEqual({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="piece-${id.slice(0, 8)}.pdf"`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
    });
    expect(await reads()).toHaveLength(1);
  }); // prettier-ignore

  test('to anybody else it is the same « not there » as a piece that does not exist', async () => {
    const { caseId, id, requester, party } = await stored({ name: 'a.jpg', bytes: await picture('jpeg') });
    await check(town);
    const other = await carried();
    const leader = await StaffVisitor.enter(app, town, 'R1');
    const foreign = await StaffVisitor.enter(app, town, 'R2');
    const answers = await Promise.all([
      foreign.get(caseId, `pieces/${id}`),
      foreign.get(caseId, `pieces/${crypto.randomUUID()}`),
      foreign.get(caseId, 'pieces/x'),
      foreign.get(caseId, `pieces/${id}/ecouter`),
    ]);
    expect(new Set(await Promise.all(answers.map(async (answer) => `${answer.status} ${await answer.text()}`))).size).toBe(1);
    // Under another case of the same leader too.
    expect((await leader.get(other.caseId, `pieces/${id}`)).status).toBe(404);
    expect((await leader.get(caseId, `pieces/${id}`)).status).toBe(200);
    for (const visitor of [requester, party]) expect((await visitor.get(`/equipe/demandes/${caseId}/pieces/${id}`)).status).toBe(303);
  }); // prettier-ignore

  test('a recording is played on a page of its own policy, and nothing is fetched before somebody presses', async () => {
    const { caseId, requester } = await carried();
    await say(requester, REQUESTERS, { name: 'message.webm', bytes: webm() });
    await check(town);
    const [piece] = await piecesOf(town, caseId);
    const mediator = await StaffVisitor.enter(app, town, 'M1');
    const page = await mediator.get(caseId, `pieces/${piece?.id}/ecouter`);
    expect(page.headers.get('content-security-policy')).toContain("media-src 'self'");
    expect(page.headers.get('permissions-policy')).toContain('microphone=()');
    expect(await page.text()).toContain('preload="none"');
    const sound = await mediator.get(caseId, `pieces/${piece?.id}`);
    expect([sound.headers.get('content-type'), sound.headers.get('content-disposition')]).toEqual(['audio/webm', `attachment; filename="piece-${piece?.id.slice(0, 8)}.webm"`]);
    for (const path of [`/equipe/demandes/${caseId}`, '/suivi/demande']) expect((await requester.get(path)).headers.get('content-security-policy')).not.toContain('media-src');
  }); // prettier-ignore

  test('the page of the case says of each what it is, who sent it, and how it was looked at', async () => {
    const { caseId, requester, party } = await carried();
    await send(requester, REQUESTERS, { name: 'palier.jpg', bytes: await picture('jpeg') });
    await send(party, PARTYS, { name: 'bail.pdf', bytes: pdf() });
    const mediator = await StaffVisitor.enter(app, town, 'M1');
    expect(shown(await mediator.page(caseId))).toContain(t('staff.attachments.quarantined'));
    await check(town);
    const page = shown(await mediator.page(caseId));
    for (const words of ['Photo : palier.jpg', 'Document : bail.pdf', 'Ré-encodé, pas d’antivirus', t('staff.attachments.unscanned.other')]) expect(page).toContain(words);
  }); // prettier-ignore
});

describe('R97: a voice message instead of writing', () => {
  test('from the page: it is a message of the person, sealed like the others, with its recording', async () => {
    const { caseId, requester } = await carried();
    const sound = wav();
    expect((await say(requester, REQUESTERS, { name: 'message.wav', bytes: sound })).headers.get('location')).toBe(`${REQUESTERS}?envoyee`);
    const [piece] = await piecesOf(town, caseId);
    expect(piece).toMatchObject({ kind: 'voice', media: 'audio/wav', state: 'quarantined' });
    expect((await opened(caseId, 'body', piece?.body ?? Buffer.alloc(0))).equals(sound)).toBe(true);
    expect(shown(await (await requester.get('/suivi/demande')).text())).toContain('Message vocal');
    expect(await openKinds(town, caseId)).toContain('task_read_message');
  }); // prettier-ignore

  test('from the box of messages, on both sides, with words or without', async () => {
    const { caseId, requester, party } = await carried();
    for (const [visitor, path, page] of [[requester, '/suivi/message', '/suivi/demande'], [party, '/suivi/participation/message', '/suivi/participation']] as const) {
      const voice = { field: 'voice', name: 'a.webm', bytes: webm() };
      expect((await visitor.upload(path, { message: 'Écoutez.', form: crypto.randomUUID() }, [voice])).status).toBe(303);
      expect((await visitor.upload(path, { message: '', form: crypto.randomUUID() }, [voice])).status).toBe(303);
      const html = await (await visitor.get(page)).text();
      expect([html.includes('Écoutez.'), html.includes('Message vocal')]).toEqual([true, true]);
      const wrong = await visitor.upload(path, { message: 'Ceci reste.' }, [{ ...voice, bytes: Buffer.from('no sound') }]);
      const again = await wrong.text();
      expect([wrong.status, faultBeside(again, 'voice') !== undefined, again.includes('Ceci reste.')]).toEqual([422, true, true]);
      expect((await visitor.upload(path, { message: 'Deux.' }, [voice, voice])).status).toBe(422);
    }
    expect((await piecesOf(town, caseId)).map(({ kind }) => kind)).toEqual(['voice', 'voice', 'voice', 'voice']);
  }); // prettier-ignore

  test('R30: said as the request ends, it is refused beside its own field, and what was written stays and may be sent', async () => {
    const { caseId, requester, party } = await carried();
    const MESSAGE = [[requester, '/suivi/message'], [party, '/suivi/participation/message']] as const;
    for (const page of ['/suivi/demande', '/suivi/participation'])
      expect(await (await (page === '/suivi/demande' ? requester : party).get(page)).text()).toContain('multipart');
    await withdrawByRequester(town.context('passerelle_web'), { townId: town.townId, caseId });
    for (const [visitor, path] of MESSAGE) {
      const late = await visitor.upload(path, { message: 'Ceci reste.' }, [{ field: 'voice', name: 'a.webm', bytes: webm() }]);
      const html = await late.text();
      expect([path, late.status, faultBeside(html, 'voice'), faultBeside(html, 'message')]).toEqual([path, 409, expect.stringContaining('Rien n’a été envoyé'), undefined]);
      expect(html).toContain('Ceci reste.');
    }
    const ended = await (await requester.get('/suivi/demande')).text();
    expect([ended.includes('name="message"'), ended.includes('name="voice"'), ended.includes('multipart')]).toEqual([true, false, false]);
    expect((await requester.post('/suivi/message', { message: 'Ceci reste.', form: crypto.randomUUID() })).status).toBe(303);
  }); // prettier-ignore

  test('R30: whoever has stopped reads why what they said is not taken', async () => {
    const { party } = await carried();
    await party.post('/suivi/participation/arreter', { choice: 'stop' });
    for (const [bytes, words] of [[webm(), 'Rien n’a été envoyé'], [Buffer.from('no sound'), t('attachments.wrong.not_voice')]] as const) {
      const late = await party.upload('/suivi/participation/message', { message: 'Ceci reste.' }, [{ field: 'voice', name: 'a.webm', bytes }]);
      const html = shown(await late.text());
      expect([html.includes(words), html.includes('Ceci reste.')]).toEqual([true, true]);
    }
  }); // prettier-ignore

  test('T5, R97: it answers a question as words do; the team hears it where it reads the answer, and is told once', async () => {
    const one = new Carried(town);
    await one.into('more_info_needed');
    const requester = await requesterVisitor(app, town, one.caseId);
    expect((await say(requester, REQUESTERS, { name: 'a.wav', bytes: wav() })).status).toBe(303);
    expect(await stateOf(town, one.caseId)).toBe('in_triage');
    expect((await openKinds(town, one.caseId)).filter((kind) => /more_info|triage|read_message/.test(kind))).toEqual(['triage']);
    const leader = await StaffVisitor.enter(app, town, 'R1');
    expect(messagesOn(await leader.page(one.caseId)).at(-1)).toMatch(/répond à la question.*Message vocal.*En attente de contrôle/s);
    await check(town);
    const [piece] = await piecesOf(town, one.caseId);
    const answer = messagesOn(await leader.page(one.caseId)).at(-1);
    expect(answer).toMatch(/répond à la question/);
    expect(answer).toContain(`/pieces/${piece?.id}/ecouter`);
    expect(messagesOn(await (await requester.get('/suivi/demande')).text()).at(-1)).toContain('Message vocal');
  }); // prettier-ignore

  test('R97, R29: said beside words, by either side: the team finds the recording with them, and its sender reads that both were sent', async () => {
    const { caseId, requester, party } = await carried();
    const mediator = await StaffVisitor.enter(app, town, 'M1');
    for (const [visitor, path, page] of [[requester, '/suivi/message', '/suivi/demande'], [party, '/suivi/participation/message', '/suivi/participation']] as const) {
      const voice = { field: 'voice', name: 'a.webm', bytes: webm() };
      expect((await visitor.upload(path, { message: 'Écoutez.', form: crypto.randomUUID() }, [voice])).status).toBe(303);
      await check(town);
      const piece = (await piecesOf(town, caseId)).at(-1);
      const read = messagesOn(await mediator.page(caseId)).at(-1);
      expect([read?.includes('Écoutez.'), read?.includes(`/pieces/${piece?.id}/ecouter`)]).toEqual([true, true]);
      expect(messagesOn(await (await visitor.get(page)).text()).at(-1)).toMatch(/Écoutez\..*Message vocal/s);
    }
  }); // prettier-ignore

  test('T5: an answer that its sender takes back is said so where it stood', async () => {
    const one = new Carried(town);
    await one.into('more_info_needed');
    const requester = await requesterVisitor(app, town, one.caseId);
    await say(requester, REQUESTERS, { name: 'a.wav', bytes: wav() });
    const [piece] = await piecesOf(town, one.caseId);
    expect((await requester.post(`${REQUESTERS}/enlever`, { piece: piece?.id ?? '' })).status).toBe(303);
    const leader = await StaffVisitor.enter(app, town, 'R1');
    expect(messagesOn(await leader.page(one.caseId)).at(-1)).toMatch(/répond à la question.*Enlevé par la personne/s);
  });
});

describe('C-8: the database asks too', () => {
  test('each role has what it needs and no more', async () => {
    const { one, caseId, requester } = await carried();
    await send(requester, REQUESTERS, { name: 'a.jpg', bytes: await picture('jpeg') });
    const [requesters, partys] = [await one.partyId('requester'), await one.partyId('other')];
    const place = { townId: town.townId, caseId };
    const count = async (actor: Actor, table: 'attachment' | 'attachment_content') =>
      inTransaction(town.db(actor.role === 'app_worker' ? 'passerelle_worker' : 'passerelle_web'), actor, async (tx) => {
        const found = await sql<{ n: string }>`select count(*) as n from ${sql.table(table)} where case_id = ${caseId}`.execute(tx.db);
        return Number(found.rows[0]?.n);
      }).catch((error: Error) => (/permission denied/.test(error.message) ? 'denied' : Promise.reject(error)));
    const roles: [Actor, unknown, unknown][] = [
      [{ role: 'app_public', ...place }, 1, 'denied'],
      [{ role: 'app_public', townId: town.townId, caseId: crypto.randomUUID() }, 0, 'denied'],
      [{ role: 'app_party', ...place, partyId: partys }, 0, 'denied'],
      [{ role: 'app_partner', ...place, organisationId: crypto.randomUUID(), contactId: crypto.randomUUID() }, 'denied', 'denied'],
      [{ role: 'app_staff', townId: town.townId, personId: town.person('M1') }, 1, 1],
      [{ role: 'app_staff', townId: town.townId, personId: town.person('R2') }, 0, 0],
      [{ role: 'app_worker', townId: town.townId }, 1, 1],
    ];
    for (const [actor, rows, contents] of roles)
      expect([actor.role, await count(actor, 'attachment'), await count(actor, 'attachment_content')]).toEqual([actor.role, rows, contents]);
    const forged = { case_id: caseId, town_id: town.townId, kind: 'image', media: 'image/jpeg', bytes: 1, sent_at: new Date() } as const;
    for (const [actor, party] of [[{ role: 'app_public', ...place }, partys], [{ role: 'app_party', ...place, partyId: partys }, requesters]] as const)
      await expect(inTransaction(town.db('passerelle_web'), actor as Actor, (tx) => tx.db.insertInto('attachment').values({ ...forged, name: null, party_id: party }).execute())).rejects.toThrow('row-level security');
    // Nobody who sends says that it was looked at.
    await expect(inTransaction(town.db('passerelle_web'), { role: 'app_public', ...place }, (tx) => tx.db.updateTable('attachment').set({ antivirus: 'clean' }).execute())).rejects.toThrow('permission denied');
  }); // prettier-ignore
});
