import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sealCookie } from '../../src/privacy/cookie-seal.ts';
import { newDraft, sealDraft } from '../../src/privacy/draft-seal.ts';
import { caseView } from '../../src/staff/case-view.query.ts';
import { Carried } from '../support/agreements.ts';
import { answersOf, encode, formOf, looked, message, type Pairs, VALID } from '../support/f1-form.ts';
import { faultBeside, noticeOf, shown, titleOf, valueOf } from '../support/form-page.ts';
import { submit } from '../support/request.ts';
import { StaffVisitor } from '../support/staff-visitor.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// F1 whole (spec §4.5): what is stored of each field and who reads it, the town's places, the draft, the summary.

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
let form: ReturnType<typeof formOf>;
beforeAll(async () => {
  town = await testTown('whole-form');
  app = await webApp(town);
  form = formOf(town, app);
});
afterAll(() => town.close());

const reader = (ref: string) => ({
  townId: town.townId,
  personId: town.person(ref),
  name: ref,
  roles: ['team_leader' as const],
});
const press = async (screen: string, pairs: Pairs, go: string, draft = form.draftOf()) =>
  looked(await form.raw(encode([['draft', draft], ['screen', screen], ...pairs, ['go', go]]))); // prettier-ignore

async function sent(changes: Pairs = []): Promise<string> {
  const answer = await form.raw(form.bodyOf('send', VALID.send, form.draftOf(changes)));
  expect(answer.headers.get('location')).toBe('/demande/recu');
  const row = await town.owner.selectFrom('mediation_case').select('id').orderBy('number', 'desc').limit(1).executeTakeFirstOrThrow();
  return row.id;
} // prettier-ignore

describe('what is stored', () => {
  test('R10, R13, R16: every field, codes clear, what was written sealed; the mark from 0 to 10 begins the relation', async () => {
    const caseId = await sent();
    const row = await town.owner
      .selectFrom('case_situation as s')
      .innerJoin('mediation_case as c', 'c.id', 's.case_id')
      .innerJoin('place as p', 'p.id', 'c.place_id')
      .innerJoin('organisation as o', 'o.id', 's.organisation_id')
      .innerJoin('relation_mark as m', 'm.case_id', 'c.id')
      .selectAll('s')
      .select(['p.code as place', 'o.code as service', 'c.domain', 'c.channel', 'm.stage', 'm.relation', 'm.score'])
      .where('c.id', '=', caseId)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({
      since: 'months', frequency: 'each_day', moments: ['night'], done_before: ['talked'], hopes: ['talk', 'less_noise'], procedure: 'no',
      access_needs: ['reading'], difficulties: ['economic'], place: 'K7QX3M', service: 'O11', domain: 'social', channel: 'web',
      stage: 'start', relation: 'avoid', score: 3,
    }); // prettier-ignore
    const sealed = [row.hopes_text, row.service_text, row.transport_line, row.transport_stop];
    for (const bytes of sealed) expect(bytes?.toString('latin1')).not.toMatch(/Dormir|gardien|ligne|Terminus/);
    expect(sealed.every((bytes) => (bytes?.length ?? 0) > 12)).toBe(true);
  });

  test('nothing but the ● fields is needed', async () => {
    const bare: Pairs = [['danger', 'no'], ['need', 'link'], ['categories', 'ISOLEMENT'], ['quarter', 'unknown'], ['first_name', 'R'], ['contact_ways', 'desk']]; // prettier-ignore
    const draft = sealDraft(town.keys, town.townId, { ...newDraft(Date.now() - 60_000), answers: answersOf([], bare) });
    const needed: Pairs = [
      ['age_group', 'adult'],
      ['accept_contact', 'yes'],
      ['read_notice', 'yes'],
    ];
    const answer = await form.raw(form.bodyOf('send', needed, draft));
    expect(answer.headers.get('location')).toBe('/demande/recu');
  });

  test('spec §4.5, last column: mediators of the case and leader read it on the page of the case, the other team and the code’s holder do not', async () => {
    const caseId = await sent();
    const view = await caseView(town.context('passerelle_web'), reader('R1'), caseId);
    expect(view.situation).toMatchObject({
      hopesText: 'Dormir la nuit.',
      service: { name: 'Vairelle Habitat', text: 'le gardien' },
      place: { name: 'Hall du 12 allée des Peupliers', type: 'hall', line: 'ligne 3', stop: 'Terminus' },
    });
    const page = shown(await (await StaffVisitor.enter(app, town, 'R1')).page(caseId));
    for (const told of ['Hall du 12 allée des Peupliers', 'Dormir la nuit.', 'Chaque jour', 'Y a-t-il déjà une procédure', 'Quelqu’un qui lit pour moi', 'D’argent', 'Vairelle Habitat'])
      expect(page).toContain(told); // prettier-ignore
    const reads = await town.owner.selectFrom('case_read').select('groups').where('case_id', '=', caseId).execute();
    expect(reads.length).toBeGreaterThan(0);
    expect((await (await StaffVisitor.enter(app, town, 'R2')).get(caseId)).status).toBe(404);
    for (const role of ['app_public', 'app_party', 'app_relay', 'app_auth']) {
      const may = await sql<{ may: boolean }>`select has_table_privilege(${role}, 'case_situation', 'select') as may`.execute(town.owner);
      expect({ role, may: may.rows[0]?.may }).toEqual({ role, may: false });
    } // prettier-ignore
  });

  test('R84: no case of another town and no place of another is written', async () => {
    const { caseId } = await submit(town);
    await expect(
      town.db('passerelle_web').transaction().execute(async (tx) => {
        await sql`select set_config('role', 'app_public', true), set_config('app.town', ${town.townId}, true), set_config('app.case', ${crypto.randomUUID()}, true)`.execute(tx);
        await sql`insert into case_situation (case_id, town_id) values (${caseId}, ${town.townId})`.execute(tx);
      }),
    ).rejects.toThrow(/row-level security/);
  }); // prettier-ignore
});

describe('the leader takes it from there', () => {
  test('R13: the domain told by the answers is proposed when the request is accepted', async () => {
    const { caseId } = await submit(town, { categories: ['TRANSP'] });
    const page = await (await StaffVisitor.enter(app, town, 'R1')).page(caseId, 'accepter');
    expect(valueOf(page, 'domain')).toEqual(['transports']);
  });
});

test('R11: the service a resident named is proposed where the other side is written down, until something else is typed', async () => {
  const { id, name } = await town.owner.selectFrom('organisation').select(['id', 'name']).where('code', '=', 'O11').executeTakeFirstOrThrow();
  const carried = new Carried(town);
  const service = { organisationId: id, text: 'le gardien' };
  const caseId = await carried.toFirstContact({ need: 'service', service });
  await carried.says('requester');
  const page = await (await StaffVisitor.enter(app, town, 'M1')).page(caseId, 'partie');
  expect([valueOf(page, 'kind'), valueOf(page, 'name')]).toEqual([['institution'], name]);
  expect(page).toContain(`value="${id}" selected`);
  const other = await carried.toFirstContact({ need: 'person', service });
  await carried.says('requester');
  expect(valueOf(await (await StaffVisitor.enter(app, town, 'M1')).page(other, 'partie'), 'name')).toBe('');
}); // prettier-ignore

describe('R35: the code of a poster', () => {
  const opened = async (query: string) => (await app.request(`http://localhost/demande${query}`)).text();
  const atPlace = async (query: string, pairs: Pairs = []) => {
    let draft = String(valueOf(await opened(query), 'draft'));
    for (const [screen, fields] of [['danger', VALID.danger], ['need', VALID.need], ['what', VALID.what]] as const)
      draft = String(valueOf((await press(screen, fields, 'next', draft)).html, 'draft'));
    return press('what', VALID.what, 'next', draft).then(({ html }) => ({ html, pairs }));
  }; // prettier-ignore

  test('chooses the place of the hall, however it was typed; an unknown one opens the form as ever', async () => {
    for (const query of ['?lieu=K7QX3M', '?lieu=k7qx3m']) {
      const { html } = await atPlace(query);
      expect(valueOf(html, 'place')).toEqual(['K7QX3M']);
    }
    for (const query of ['?lieu=ZZZZZZ', '?lieu=', '?lieu=%3Cscript%3E', `?lieu=${'K'.repeat(5_000)}`, '']) {
      const answer = await app.request(`http://localhost/demande${query}`);
      expect(answer.status).toBe(200);
    }
    expect(valueOf((await atPlace('?lieu=ZZZZZZ')).html, 'place')).toEqual([]);
  });

  test('every place has one of its own, and a town created without codes gets them', async () => {
    const codes = await town.owner.selectFrom('place').select('code').execute();
    expect(new Set(codes.map(({ code }) => code)).size).toBe(codes.length);
    await sql`insert into place (town_id, name, type) values (${town.townId}, 'Nouveau banc', 'rue')`.execute(town.owner);
    const made = await town.owner.selectFrom('place').select('code').where('name', '=', 'Nouveau banc').executeTakeFirstOrThrow();
    expect(made.code).toMatch(/^[BCDFGHJKMNPQRTVWXY346789]{6}$/);
  }); // prettier-ignore

  test('R36: a request that began at a poster says so', async () => {
    const draft = sealDraft(town.keys, town.townId, { ...newDraft(Date.now() - 60_000), answers: { ...answersOf(['danger', 'need', 'what', 'place', 'story', 'care', 'contact']), by_poster: 'yes' } });
    await form.raw(form.bodyOf('send', VALID.send, draft));
    const row = await town.owner.selectFrom('mediation_case').select(['channel', 'origin']).orderBy('number', 'desc').limit(1).executeTakeFirstOrThrow();
    expect(row).toEqual({ channel: 'qr', origin: 'habitant' });
  }); // prettier-ignore
});

describe('the draft', () => {
  const aged = (days: number) => sealDraft(town.keys, town.townId, { ...newDraft(Date.now() - days * 86_400_000), answers: answersOf(['danger', 'need', 'what', 'place', 'story', 'care', 'contact']) }); // prettier-ignore

  test('older than seven days is refused, and what stands in the page stays in it', async () => {
    const { status, html } = await press('story', VALID.story, 'next', aged(7.01));
    expect([status, valueOf(html, 'story'), valueOf(html, 'hopes')]).toEqual([422, 'Les bruits de pas.', ['less_noise', 'talk']]); // prettier-ignore
    expect(noticeOf(html)).toContain('a expiré');
    expect((await press('story', VALID.story, 'next', aged(6.9))).status).toBe(200);
  });

  test('is kept on the device only when somebody asks, says until when, and can be taken away', async () => {
    const plain = await press('story', VALID.story, 'next');
    expect(plain.html).not.toContain('data-kept-until');
    const kept = await press('story', [['story', 'Un début.']], 'keep');
    expect([kept.status, valueOf(kept.html, 'story')]).toEqual([200, 'Un début.']);
    const until = Number(/data-kept-until="(\d+)"/.exec(kept.html)?.[1]);
    expect(Math.round((until - Date.now()) / 86_400_000)).toBe(7);
    const later = await press('story', VALID.story, 'next', String(valueOf(kept.html, 'draft')));
    expect(later.html).toContain('data-kept-until');
    const forgotten = await press('care', VALID.care, 'forget', String(valueOf(later.html, 'draft')));
    expect([forgotten.html.includes('data-forget'), forgotten.html.includes('data-kept-until')]).toEqual([true, false]);
    expect(valueOf(forgotten.html, 'contact_hours')).toBe('le matin');
  });

  test('taken up again, it asks for danger first, then goes on with every answer where it stopped', async () => {
    const kept = String(valueOf((await press('care', VALID.care, 'keep')).html, 'draft'));
    const first = await press('danger', [], 'resume', kept);
    expect([first.status, titleOf(first.html).includes('danger'), valueOf(first.html, 'danger')]).toEqual([200, true, []]); // prettier-ignore
    const next = await press('danger', VALID.danger, 'next', String(valueOf(first.html, 'draft')));
    expect(valueOf(next.html, 'contact_hours')).toBe('le matin');
  });

  test('a receipt of another town is none here: what its cookie says is nobody’s on this town’s pages', async () => {
    const { caseId, code } = await submit(town);
    const kept = {
      recu: ['receipt', { caseId, code, repeated: false }],
      signale: ['signal', { observedAt: new Date(), repeated: false, danger: false }],
      rappel: ['call', { askedAt: new Date(), dueDay: '2027-01-14', repeated: false }],
    } as const;
    for (const [name, page, leads] of [
      ['recu', '/demande/recu', '/suivi'],
      ['recu', '/demande/recu.pdf', '/suivi'],
      ['recu', '/demande/recu/pieces', '/suivi'],
      ['signale', '/demande/signale', '/'],
      ['rappel', '/rappel/recu', '/'],
    ] as const) {
      const [purpose, value] = kept[name];
      const asked = async (townId: string) => {
        const cookie = `${name}=${sealCookie(town.keys, townId, purpose, value, Date.now() + 60_000)}`;
        const answer = await app.request(`http://localhost${page}`, { headers: { cookie } });
        return [page, answer.status, answer.headers.get('location')];
      };
      expect(await asked(town.townId)).toEqual([page, 200, null]);
      expect(await asked(crypto.randomUUID())).toEqual([page, 303, leads]);
    }
  });

  test('taken up, left at the danger question and taken up again, it goes on where it stopped', async () => {
    const draftOf = ({ html }: { html: string }) => String(valueOf(html, 'draft'));
    const kept = draftOf(await press('care', VALID.care, 'keep'));
    const taken = draftOf(await press('danger', [], 'resume', kept));
    const again = await press('danger', [], 'resume', taken);
    const next = await press('danger', VALID.danger, 'next', draftOf(again));
    expect(valueOf(next.html, 'contact_hours')).toBe('le matin');
    // Back up to the danger question by « Retour »: it is asked once, and what follows it comes next.
    const up = await press('need', VALID.need, 'back', draftOf(await press('what', VALID.what, 'back', kept)));
    const asked = await press('danger', [], 'resume', draftOf(up));
    const went = await press('danger', VALID.danger, 'next', draftOf(asked));
    expect([titleOf(up.html).includes('danger'), valueOf(went.html, 'need')]).toEqual([true, ['service']]);
  });

  test('what is kept is offered on the first page in another language and where it is not answered, not over what was told', async () => {
    const offered = ({ html }: { html: string }) => html.includes('data-kept-draft');
    const first = form.draftOf([], []);
    const inEnglish = await looked(
      await form.raw(
        encode([
          ['draft', first],
          ['screen', 'danger'],
          ['langue', 'en'],
        ]),
      ),
    );
    expect([inEnglish.status, offered(inEnglish)]).toEqual([200, true]);
    const unanswered = await press('danger', [], 'next', first);
    expect([unanswered.status, offered(unanswered)]).toEqual([422, true]);
    const kept = String(valueOf((await press('care', VALID.care, 'keep')).html, 'draft'));
    expect(offered(await press('danger', [], 'resume', kept))).toBe(false);
    expect(offered(await press('send', VALID.send, 'edit-danger'))).toBe(false);
    expect(offered(await press('need', VALID.need, 'next', form.draftOf([], ['danger'])))).toBe(false);
  });

  test('a kept draft of another town, or none, is answered as one that has expired', async () => {
    for (const draft of ['', 'A'.repeat(500), sealDraft(town.keys, crypto.randomUUID(), newDraft(Date.now()))]) {
      const { status, html } = await press('danger', [], 'resume', draft);
      expect([status, noticeOf(html).includes('a expiré')]).toEqual([422, true]);
      expect(html).not.toContain('data-kept-draft');
    }
  });
});

describe('the summary before sending', () => {
  test('shows every answer and leads back to each screen; what was ticked under it stays', async () => {
    const { html } = await press('contact', VALID.contact, 'next');
    const text = shown(html.replaceAll(/<[^>]*>/g, ' '));
    for (const said of ['Je suis en conflit avec un service', 'Vairelle Habitat', 'Les Peupliers', 'Hall du 12 allée des Peupliers', 'ligne 3', 'Les bruits de pas.', 'Dormir la nuit.', 'Seulement à certaines heures', 'Rosa', '06 39 98 12 34'])
      expect(text).toContain(said);
    for (const screen of ['danger', 'need', 'what', 'place', 'story', 'care', 'contact'])
      expect(html).toContain(`name="go" value="edit-${screen}"`);
    const draft = String(valueOf(html, 'draft'));
    const edited = await press('send', [['accept_contact', 'yes']], 'edit-story', draft);
    expect([edited.status, valueOf(edited.html, 'story')]).toEqual([200, 'Les bruits de pas.']);
    const back = await press('story', [['story', 'Autrement dit.']], 'next', String(valueOf(edited.html, 'draft')));
    expect([titleOf(back.html).startsWith('Vérifiez'), valueOf(back.html, 'accept_contact')]).toEqual([true, ['yes']]);
    expect(shown(back.html)).toContain('Autrement dit.');
  }); // prettier-ignore

  test('0023, R85: says also that somebody of the family is feared, where that was ticked', async () => {
    const summary = async (changes: Pairs) =>
      shown((await press('contact', VALID.contact, 'next', form.draftOf(changes))).html.replaceAll(/<[^>]*>/g, ' '));
    expect(await summary([['family', 'yes']])).toMatch(/J’ai peur[^?]*famille[^?]* Oui /u);
    expect(await summary([])).not.toContain('J’ai peur');
  });

  test('of a tie names no relation and no court, and its wishes are its own', async () => {
    const pairs: Pairs = [
      ['story', 'Je ne connais personne.'],
      ['hopes', 'meet'],
    ];
    const asked = await press('place', VALID.place, 'next', form.draftOf([['need', 'link']]));
    expect(valueOf(asked.html, 'hopes')).toEqual([]);
    for (const name of ['relation', 'relation_score', 'procedure', 'done_before'])
      expect(asked.html).not.toContain(`name="${name}"`);
    const said = await press('story', pairs, 'next', form.draftOf([['need', 'link']]));
    expect(said.status).toBe(200);
  });
});

describe('F1, R98: « Ne pas m’écrire », and nothing but a mail to reach the person', () => {
  const CAREFUL: Pairs = [['precautions', 'do_not_write'], ['contact_hours', 'le matin']]; // prettier-ignore
  const BY_MAIL: Pairs = [['first_name', 'Rosa'], ['contact_ways', 'email'], ['email', 'rosa@courriel.example']]; // prettier-ignore
  const draftIn = (html: string) => String(valueOf(html, 'draft'));

  test('is said beside the ways; the precaution is taken back from there, and nothing that was typed is lost', async () => {
    const refused = await press('contact', BY_MAIL, 'next', form.draftOf(CAREFUL));
    expect([refused.status, faultBeside(refused.html, 'contact_ways')]).toEqual([422, message('contact_ways_written')]);
    expect(shown(refused.html)).toContain('Changer mes précautions');
    expect(valueOf(refused.html, 'email')).toBe('rosa@courriel.example');
    const care = await press('contact', BY_MAIL, 'back', draftIn(refused.html));
    expect([care.status, valueOf(care.html, 'precautions'), valueOf(care.html, 'contact_hours')]).toEqual([200, ['do_not_write'], 'le matin']); // prettier-ignore
    const again = await press('care', [['contact_hours', 'le matin']], 'next', draftIn(care.html));
    expect([valueOf(again.html, 'email'), valueOf(again.html, 'contact_ways')]).toEqual(['rosa@courriel.example', ['email']]); // prettier-ignore
    const read = await press('contact', BY_MAIL, 'next', draftIn(again.html));
    expect([read.status, titleOf(read.html).startsWith('Vérifiez')]).toEqual([200, true]);
  });

  test('is said where the precaution is added from the summary, and when a kept form is sent all the same; another way is enough', async () => {
    const summary = await press('contact', BY_MAIL, 'next', form.draftOf([['contact_hours', 'le matin']]));
    const care = await press('send', [], 'edit-care', draftIn(summary.html));
    const refused = await press('care', CAREFUL, 'next', draftIn(care.html));
    expect([refused.status, faultBeside(refused.html, 'contact_ways')]).toEqual([422, message('contact_ways_written')]);
    const reached = await press('contact', [...BY_MAIL, ['contact_ways', 'desk']], 'next', draftIn(refused.html));
    expect([reached.status, titleOf(reached.html).startsWith('Vérifiez')]).toEqual([200, true]);
    const sentAtOnce = await press('send', VALID.send, 'next', form.draftOf([...CAREFUL, ...BY_MAIL, ['phone', ''], ['postal_address', '']])); // prettier-ignore
    expect([sentAtOnce.status, faultBeside(sentAtOnce.html, 'contact_ways')]).toEqual([422, message('contact_ways_written')]); // prettier-ignore
  });
});

test('a place of another quarter is said beside the place, and everything stays', async () => {
  const { status, html } = await form.post('place', [['quarter', 'CEN'], ['place', 'K7QX3M'], ['place_text', 'le banc']]); // prettier-ignore
  expect([status, faultBeside(html, 'place'), valueOf(html, 'place_text')]).toEqual([422, message('place_elsewhere'), 'le banc']); // prettier-ignore
});

test('R79, R97: the screen of the story asks for facts, not accusations, and says that a voice message can follow', async () => {
  const { html } = await form.post('place', VALID.place);
  for (const words of ['Dites des faits, n’accusez personne.', 'Après l’envoi, vous pouvez laisser un message vocal.'])
    expect(html).toContain(words);
});

test('a visitor of /demande/signale without a receipt is led home', async () => {
  expect((await new Visitor(app).get('/demande/signale')).headers.get('location')).toBe('/');
});
