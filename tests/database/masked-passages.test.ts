import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CaseText } from '../../src/cases/case-text.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { sendMessage } from '../../src/follow/send-message.command.ts';
import { sendPartyMessage } from '../../src/parties/send-party-message.command.ts';
import { writeToParty } from '../../src/parties/write-to-party.command.ts';
import { answerRight } from '../../src/rights/settle-right.command.ts';
import { Carried } from '../support/agreements.ts';
import { faultBeside, valueOf } from '../support/form-page.ts';
import { partyVisitor, requesterVisitor } from '../support/party-visitor.ts';
import { pdfText } from '../support/pdf-text.ts';
import { askedRight } from '../support/rights.ts';
import { StaffVisitor } from '../support/staff-visitor.ts';
import { rowCounts } from '../support/stored-rows.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { webApp } from '../support/web.ts';

// R79: whoever leads a case masks a passage of what somebody told or wrote; nobody reads it afterwards, and the journal says that it was done.

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
let leader: StaffVisitor;
let carried: Carried;
let caseId: string;
beforeAll(async () => {
  town = await testTown('masked');
  app = await webApp(town);
  leader = await StaffVisitor.enter(app, town, 'R1');
  carried = new Carried(town);
  caseId = await carried.toAgreements({
    story: `Le soir, ${CANARY}. Puis plus rien.`,
    placeText: `chez ${CANARY}`,
    hopesText: `Que ${CANARY} parte.`,
  });
});
afterAll(() => town.close());

const CANARY = 'Zorglub Martin vole des vélos';
const MARK = '[passage masqué par l’équipe]';
const NAMED = { maskReason: 'third_person' };
/** Everything that is kept sealed about the case, opened: what no page shows is looked at too. */
async function everythingSealed(): Promise<string> {
  const row = await town.owner.selectFrom('mediation_case').select(['id', 'kid', 'wrapped_key as wrappedKey']).where('id', '=', caseId).executeTakeFirstOrThrow(); // prettier-ignore
  const text = new CaseText(town.keys, row);
  const columns = await sql<{ table: string; column: string }>`
    select c.table_name as "table", c.column_name as "column" from information_schema.columns c
    join information_schema.columns k on k.table_schema = c.table_schema and k.table_name = c.table_name and k.column_name = 'case_id'
    where c.table_schema = 'public' and c.data_type = 'bytea'`.execute(town.owner);
  const opened: string[] = [];
  for (const { table, column } of columns.rows) {
    const { rows } = await sql<{ sealed: Buffer }>`select ${sql.ref(column)} as sealed from ${sql.table(table)}
      where case_id = ${caseId} and ${sql.ref(column)} is not null`.execute(town.owner);
    for (const { sealed } of rows) opened.push(openable(text, table, column, sealed));
  }
  return opened.join('\n');
}
function openable(text: CaseText, table: string, column: string, sealed: Buffer): string {
  try {
    return text.open(table, column, sealed);
  } catch {
    // Hashes and wrapped keys.
    return '';
  }
}
/** The texts the page offers, by their names. */
async function offered(): Promise<{ name: string; value: string }[]> {
  const page = await leader.page(caseId, 'masquer');
  const list = /<select[^>]*id="masked"[\s\S]*?<\/select>/.exec(page)?.[0] ?? '';
  return [...list.matchAll(/<option value="([^"]+)"[^>]*>([^<]+)<\/option>/g)].map(([, value = '', name = '']) => ({ name, value })); // prettier-ignore
}

test('the person’s words, both sides’ messages and the copies they were given: no output has the passage any more, each says that one was masked', async () => {
  const other = await carried.partyId('other');
  await sendMessage(carried.web, { townId: town.townId, caseId }, `Je vous redis : ${CANARY} !`);
  await sendPartyMessage(carried.web, { townId: town.townId, caseId, partyId: other }, `On dit que ${CANARY}…`);
  await writeToParty(carried.web, carried.mediator(), {
    caseId,
    partyId: await carried.partyId('requester'),
    message: 'Merci de votre message.',
  });
  const given = await askedRight(town, { caseId });
  await answerRight(carried.web, carried.leader(), { caseId, requestId: given, answer: 'Voici.', erase: [] });
  const [person, party] = [await requesterVisitor(app, town, caseId), await partyVisitor(app, town, carried)];
  const outputs = async () => ({
    leader: await leader.page(caseId),
    mediator: await (await StaffVisitor.enter(app, town, 'M1')).page(caseId),
    person: await (await person.get('/suivi/demande')).text(),
    party: await (await party.get('/suivi/participation')).text(),
    copy: await pdfText(await person.get(`/suivi/droits/${given}/copie`)),
    ofTheTeam: await pdfText(await leader.get(caseId, `papiers/droits/${given}`)),
    sealed: await everythingSealed(),
  });
  for (const [where, said] of Object.entries(await outputs()))
    expect({ where, has: plain(said).includes(CANARY) }).toEqual({ where, has: true });

  const texts = await offered();
  expect(texts.map(({ name }) => name.replace(/, .*/, ''))).toEqual(['Le récit', 'Le lieu', 'Ce qui irait mieux', 'Message de Rosa', 'Message de Farid Aubertin']); // prettier-ignore
  for (const { value: masked } of texts)
    expect((await leader.does(caseId, 'masquer', { masked, passage: CANARY, ...NAMED })).status).toBe(303);

  for (const [where, said] of Object.entries(await outputs()))
    expect({ where, has: plain(said).includes('Zorglub'), says: plain(said).includes(MARK) }).toEqual({ where, has: false, says: true }); // prettier-ignore
  const later = await askedRight(town, { caseId });
  await answerRight(carried.web, carried.leader(), { caseId, requestId: later, answer: 'Voici.', erase: [] });
  const copy = await pdfText(await person.get(`/suivi/droits/${later}/copie`));
  expect([copy.includes('Zorglub'), copy.includes(MARK), copy.includes('Puis plus rien.')]).toEqual([
    false,
    true,
    true,
  ]);
  // In the language of whoever reads.
  await person.get('/langue/en');
  const english = await (await person.get('/suivi/demande')).text();
  expect([english.includes('[passage hidden by the team]'), english.includes(MARK)]).toEqual([true, false]);

  const journal = await town.owner.selectFrom('case_event').select(['person_id', 'data']).where('case_id', '=', caseId).where('code', '=', 'passage_masked').orderBy('seq').execute(); // prettier-ignore
  expect(journal.map(({ data }) => data)).toEqual(['story', 'place_text', 'hopes_text', 'message', 'message'].map((of) => ({ of, reason: 'third_person' }))); // prettier-ignore
  expect(new Set(journal.map((line) => line.person_id))).toEqual(new Set([town.person('R1')]));
  const story = plain(await leader.page(caseId));
  expect(story).toContain('Passage masqué');
  expect(story).toContain('Le récit · Nomme ou accuse une autre personne');
});

test('what cannot be masked is said beside its field, typed text stays, and nothing is stored', async () => {
  await sendMessage(carried.web, { townId: town.townId, caseId }, 'Ma voisine Solange est malade.');
  const texts = await offered();
  const mine = texts.find(({ name }) => name.includes('Ma voisine'))?.value ?? '';
  const team = await town.owner.selectFrom('case_message').select('id').where('kind', '=', 'team_message').executeTakeFirstOrThrow(); // prettier-ignore
  const foreign = new Carried(town);
  await foreign.toFirstContact();
  await sendMessage(foreign.web, { townId: town.townId, caseId: foreign.caseId }, 'Solange.');
  const elsewhere = await town.owner.selectFrom('case_message').select('id').where('case_id', '=', foreign.caseId).executeTakeFirstOrThrow(); // prettier-ignore
  const before = await rowCounts(town.owner);
  const sealed = await everythingSealed();
  const valid = { masked: mine, passage: 'Solange est malade', maskReason: 'health' };
  const wrong = [
    [{ passage: 'Solange est bien portante' }, 'passage', 'n’est pas dans le texte'],
    [{ passage: 'Sola' }, 'passage', 'n’est pas dans le texte'],
    [{ masked: 'story' }, 'passage', 'n’est pas dans le texte'],
    [{ masked: 'service_text' }, 'masked', 'Répondez à cette question'],
    [{ masked: team.id }, 'masked', 'Répondez à cette question'],
    [{ masked: elsewhere.id, passage: 'Solange' }, 'masked', 'Répondez à cette question'],
    [{ masked: crypto.randomUUID() }, 'masked', 'Répondez à cette question'],
  ] as const;
  for (const [changed, field, words] of wrong) {
    const answer = await leader.does(caseId, 'masquer', { ...valid, ...changed });
    const html = await answer.text();
    expect({ changed, status: answer.status, said: faultBeside(html, field)?.includes(words) }).toEqual({ changed, status: 422, said: true }); // prettier-ignore
    expect(valueOf(html, 'passage')).toBe({ ...valid, ...changed }.passage);
  }
  expect([await rowCounts(town.owner), await everythingSealed()]).toEqual([before, sealed]);
  // Sent twice, it is done once.
  const page = await leader.page(caseId, 'masquer');
  const form: [string, string][] = [['form', String(valueOf(page, 'form'))], ...Object.entries(valid)];
  expect((await leader.posts(caseId, 'masquer', form)).status).toBe(303);
  expect((await leader.posts(caseId, 'masquer', form)).status).toBe(303);
  expect(await everythingSealed()).toContain(`Ma voisine ${MARK}.`);
});

test('only whoever leads the case: a mediator is not offered it, is refused, and the database changes no word for them', async () => {
  const mediator = await StaffVisitor.enter(app, town, 'M1');
  expect(await mediator.page(caseId)).not.toContain('/masquer"');
  expect(await leader.page(caseId)).toContain('/masquer"');
  const refused = await mediator.does(caseId, 'masquer', { masked: 'story', passage: 'Le soir', ...NAMED });
  expect(refused.status).toBe(409);
  expect(await everythingSealed()).toContain('Le soir');
  const by = { role: 'app_staff', townId: town.townId, personId: town.person('M1') } as const;
  for (const table of ['case_message', 'party_message']) {
    const { numAffectedRows } = await inTransaction(town.db('passerelle_web'), by, (tx) =>
      sql`update ${sql.table(table)} set body = '' where case_id = ${caseId}`.execute(tx.db),
    );
    expect(numAffectedRows).toBe(0n);
  }
});

function plain(html: string): string {
  return html.replaceAll(/&#39;/g, '’').replaceAll(/\s+/gu, ' ');
}
