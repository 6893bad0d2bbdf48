import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptAssignment } from '../../src/cases/answer-assignment.command.ts';
import { raiseDanger } from '../../src/cases/danger.command.ts';
import { proposeClosing } from '../../src/cases/close-case.command.ts';
import { noteContact } from '../../src/cases/note-contact.command.ts';
import type { ContactWay, Precaution } from '../../src/db/tables/case.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { claimMail } from '../../src/mail/claim-mail.command.ts';
import { messageIdFor } from '../../src/mail/message-id.ts';
import type { HoldReason } from '../../src/mail/may-write.ts';
import { queuePartyMail } from '../../src/mail/queue-party-mail.ts';
import { REQUESTER_TEMPLATES, type RequesterTemplate, RIGHTS_NEWS } from '../../src/mail/templates.ts';
import { lockCase } from '../../src/cases/lock-case.ts';
import { Carried } from '../support/agreements.ts';
import { message } from '../support/f1-form.ts';
import { faultBeside } from '../support/form-page.ts';
import { mailContext } from '../support/mails.ts';
import { partyVisitor, requesterVisitor } from '../support/party-visitor.ts';
import { StaffVisitor } from '../support/staff-visitor.ts';
import { TownClock } from '../support/town-clock.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { hiddenOf, Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// R98: what we may do is asked before the contact itself, and obeyed by every later mail, letter and call. Every template, every wish, both sides:
// at the door of the ledger, and again when a mail that waited would leave.

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
beforeAll(async () => {
  town = await testTown('safe-contact');
  app = await webApp(town);
});
afterAll(() => town.close());

type Wish = {
  wish: string;
  ways?: ContactWay[];
  precautions?: Precaution[];
  minor?: boolean;
  danger?: 'raised' | 'family';
  held: HoldReason | undefined;
};
const WISHES: Wish[] = [
  { wish: 'a mail may come', held: undefined },
  {
    wish: 'no voice message, certain hours: mails may come',
    precautions: ['no_voicemail', 'only_hours'],
    held: undefined,
  },
  { wish: 'not to be written to', precautions: ['do_not_write'], held: 'asked_not_to_write' },
  { wish: 'by phone only, although an address is known', ways: ['phone'], held: 'no_address' },
  { wish: 'at the desk only', ways: ['desk'], held: 'no_address' },
  { wish: 'by post only', ways: ['post'], held: 'no_address' },
  { wish: 'somebody under eighteen', minor: true, held: 'minor' },
  { wish: 'in danger', danger: 'raised', held: 'danger' },
  { wish: 'afraid of the family', danger: 'family', held: 'danger' },
];
const SIDES = ['requester', 'other'] as const;
const EACH = SIDES.flatMap((side) => WISHES.map((wish) => ({ side, ...wish })));

describe.each(EACH)('$side, $wish', ({ side, ways, precautions = [], minor = false, danger, held }) => {
  let carried: Carried;
  let partyId: string;
  beforeAll(async () => {
    carried = new Carried(town);
    await carried.toAgreements();
    partyId = await carried.partyId(side);
    const wishes = { precautions, ...(ways ? { contact_ways: ways } : {}) };
    if (side === 'requester')
      await town.owner
        .updateTable('case_identity')
        .set({ ...wishes, age_group: minor ? 'minor' : 'adult' })
        .where('case_id', '=', carried.caseId)
        .execute();
    else {
      await town.owner.updateTable('party_identity').set(wishes).where('party_id', '=', partyId).execute();
      await town.owner.updateTable('party').set({ minor }).where('id', '=', partyId).execute();
    }
    if (danger)
      await raiseDanger(town.context('passerelle_web'), carried.mediator(), carried.caseId, danger === 'family');
  });

  test('every mail is decided on when it is written', async () => {
    const ctx = town.context('passerelle_worker');
    const policy = await ctx.policies.of(town.townId);
    const queue = (template: RequesterTemplate) =>
      inTransaction(ctx.db, { role: 'app_worker', townId: town.townId }, async (tx) =>
        queuePartyMail(
          tx,
          policy,
          await lockCase(tx, carried.caseId),
          { id: partyId, side },
          { template, key: 'wish', call: true },
        ),
      );
    for (const template of REQUESTER_TEMPLATES) {
      const queued = await queue(template);
      expect({ template, said: queued.sent ? undefined : queued.reason }).toEqual({ template, said: held });
    }
    // Somebody calls instead; nobody calls the one who is feared, but for what that person asked of its data (spec §3.6, R82).
    const calls = await town.owner
      .selectFrom('deadline')
      .select('reason')
      .where('case_id', '=', carried.caseId)
      .where('kind', '=', side === 'requester' ? 'task_call_requester' : 'task_call_party')
      .where('state', '=', 'open')
      .execute();
    const news = calls.filter(({ reason }) => !RIGHTS_NEWS.some((own) => own === reason));
    expect(news.length > 0).toBe(held !== undefined && !(side === 'other' && danger === 'family'));
  });

  test('every mail that waited is decided on again before it leaves', async () => {
    const ctx = mailContext(town, 'smtp://127.0.0.1:1');
    const policy = await ctx.policies.of(town.townId);
    for (const template of [...REQUESTER_TEMPLATES, ...(side === 'requester' ? (['short_code'] as const) : [])]) {
      const id = crypto.randomUUID();
      await town.owner
        .insertInto('mail')
        .values({
          id,
          town_id: town.townId,
          case_id: carried.caseId,
          person_id: null,
          party_id: side === 'other' ? partyId : null,
          template,
          reminder_day: null,
          dedupe_key: id,
          message_id: messageIdFor(town.townId, id),
          not_before: new Date(0),
          lease_until: null,
          reply_code: null,
          accepted_at: null,
        })
        .execute();
      const claimed = await claimMail(ctx, policy, town.townId, id);
      const settled = await town.owner
        .selectFrom('case_event')
        .select('data')
        .where('case_id', '=', carried.caseId)
        .where('code', '=', 'mail_settled')
        .orderBy('seq', 'desc')
        .executeTakeFirst();
      if (held === undefined) {
        // It leaves, or has nothing to say: nobody's wish stops it.
        if (!claimed)
          expect({ template, reason: settled?.data['reason'] }).toEqual({ template, reason: 'nothing_to_say' });
        continue;
      }
      expect({ template, left: claimed !== undefined, reason: settled?.data['reason'] }).toEqual({
        template,
        left: false,
        reason: held,
      });
    }
  });
});

const reachOf = (caseId: string) =>
  town.owner
    .selectFrom('case_identity')
    .select(['contact_ways', 'precautions', 'phone', 'phone_hash', 'contact_hours'])
    .where('case_id', '=', caseId)
    .executeTakeFirstOrThrow();
async function send(visitor: Visitor, path: string, fields: [string, string][]): Promise<Response> {
  const form = hiddenOf(await (await visitor.get(path)).text(), 'form');
  return visitor.post(path, new URLSearchParams([['form', form], ...fields]));
}

describe('« Comment me joindre »', () => {
  test('the person changes ways, precautions and hours; it holds at once, and no number or address is ever shown', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toFirstContact();
    const visitor = await requesterVisitor(app, town, caseId);
    expect(await (await visitor.get('/suivi/demande')).text()).toContain('href="/suivi/joindre"');
    const page = await (await visitor.get('/suivi/joindre')).text();
    for (const secret of ['rosa@courriel.example', '06 39 98 12 34', '+33639981234', 'Rosa'])
      expect(page).not.toContain(secret);
    const before = await reachOf(caseId);
    const sent = await send(visitor, '/suivi/joindre', [
      ['contact_ways', 'phone'],
      ['precautions', 'no_voicemail'],
      ['precautions', 'only_hours'],
      ['contact_hours', 'après 18 h, jamais le dimanche'],
    ]);
    expect(sent.headers.get('location')).toBe('/suivi/demande?joindre');
    const after = await reachOf(caseId);
    expect(after).toMatchObject({ contact_ways: ['phone'], precautions: ['no_voicemail', 'only_hours'] });
    expect([after.phone, after.phone_hash]).toEqual([before.phone, before.phone_hash]);
    expect(await (await visitor.get('/suivi/joindre')).text()).not.toContain('après 18 h');
    // Hours go with the wish for them.
    await send(visitor, '/suivi/joindre', [['contact_ways', 'phone']]);
    expect((await reachOf(caseId)).contact_hours).toBeNull();
  });

  test('a way needs what it takes: said beside its field, everything typed stays, nothing changes', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toFirstContact();
    const visitor = await requesterVisitor(app, town, caseId);
    const before = await reachOf(caseId);
    for (const [fields, fault] of [
      [[], 'contact_ways'],
      [[['contact_ways', 'pigeon']], 'contact_ways'],
      [[['contact_ways', 'post']], 'postal_address'],
      [[['contact_ways', 'trusted_person']], 'trusted_person'],
      // F1: at least one way that can be used.
      [
        [
          ['contact_ways', 'email'],
          ['precautions', 'do_not_write'],
        ],
        'contact_ways',
      ],
      [
        [
          ['contact_ways', 'phone'],
          ['phone', '112'],
        ],
        'phone',
      ],
      [
        [
          ['contact_ways', 'phone'],
          ['phone', 'x'.repeat(61)],
        ],
        'phone',
      ],
      [
        [
          ['contact_ways', 'phone'],
          ['contact_hours', 'é'.repeat(101)],
        ],
        'contact_hours',
      ],
      [
        [
          ['contact_ways', 'phone'],
          ['precautions', 'chien'],
        ],
        'precautions',
      ],
    ] as [[string, string][], string][]) {
      const answer = await send(visitor, '/suivi/joindre', [
        ...fields,
        ['trusted_person', fault === 'trusted_person' ? '' : 'Ma tante'],
      ]);
      expect([fault, answer.status]).toEqual([fault, 422]);
      const html = await answer.text();
      expect(html).toContain(`id="${fault}-error"`);
      if (fault !== 'trusted_person') expect(html).toContain('value="Ma tante"');
    }
    expect(
      (
        await send(visitor, '/suivi/joindre', [
          ['contact_ways', 'phone'],
          ['role', 'admin'],
        ])
      ).status,
    ).toBe(422);
    expect(await reachOf(caseId)).toEqual(before);
  });

  test('the other party does the same on its own page, and reads and changes nothing of the requester’s', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    const before = await reachOf(caseId);
    const visitor = await partyVisitor(app, town, carried);
    const page = await (await visitor.get('/suivi/participation/joindre')).text();
    for (const secret of ['farid@courriel.example', 'Farid', '06 39 98 56 78']) expect(page).not.toContain(secret);
    expect(page).not.toContain('trusted_person');
    const unreachable = await send(visitor, '/suivi/participation/joindre', [
      ['contact_ways', 'email'],
      ['precautions', 'do_not_write'],
    ]);
    expect([unreachable.status, faultBeside(await unreachable.text(), 'contact_ways')]).toEqual([
      422,
      message('contact_ways_written'),
    ]);
    const sent = await send(visitor, '/suivi/participation/joindre', [
      ['contact_ways', 'desk'],
      ['precautions', 'do_not_write'],
    ]);
    expect(sent.headers.get('location')).toBe('/suivi/participation?joindre');
    const row = town.owner.selectFrom('party_identity').select(['contact_ways', 'precautions']);
    expect(await row.where('case_id', '=', caseId).executeTakeFirstOrThrow()).toEqual({
      contact_ways: ['desk'],
      precautions: ['do_not_write'],
    });
    expect(await reachOf(caseId)).toEqual(before);
    // No letter any more: it would lie in the letter box.
    const paper = `/equipe/demandes/${caseId}/papiers/${await carried.partyId('other')}`;
    const mediator = new Visitor(app);
    await mediator.post('/demo/entrer', { person: town.person('M1') });
    expect((await mediator.get(paper)).status).toBe(404);
  });

  test('the team writes down what was said on the phone, on the form as it stands', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toFirstContact();
    const mediator = await StaffVisitor.enter(app, town, 'M1');
    const page = await mediator.page(caseId, 'coordonnees-personne');
    expect(page).toMatch(/value="email"[^>]*checked/);
    const unreachable = await mediator.does(caseId, 'coordonnees-personne', [
      ['name', 'Rosa'],
      ['email', 'rosa@courriel.example'],
      ['contactWays', 'email'],
      ['precautions', 'do_not_write'],
    ]);
    expect(unreachable.status).toBe(422);
    expect(faultBeside(await unreachable.text(), 'contactWays')).toContain('demande de ne pas lui écrire');
    const sent = await mediator.does(caseId, 'coordonnees-personne', [
      ['name', 'Rosa'],
      ['contactWays', 'desk'],
      ['contactWays', 'trusted_person'],
      ['trustedPerson', 'Sa voisine FICTIF, au 3e'],
      ['precautions', 'do_not_write'],
    ]);
    expect(sent.status).toBe(303);
    expect(await reachOf(caseId)).toMatchObject({
      contact_ways: ['desk', 'trusted_person'],
      precautions: ['do_not_write'],
      phone: null,
    });
    expect(await mediator.page(caseId)).toContain('Sa voisine FICTIF');
  });
});

describe('a form of the team that stood open does not undo what the person has said meanwhile', () => {
  const openForm = async (mediator: StaffVisitor, caseId: string, slug: string) => {
    const page = await mediator.page(caseId, slug);
    const hidden = (name: string): [string, string] => [name, hiddenOf(page, name)];
    return [hidden('form'), hidden('seen')];
  };

  test('R98: the requester changes the ways, then the team sends its form: 409, what was typed stays, nothing is overwritten', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toFirstContact();
    const mediator = await StaffVisitor.enter(app, town, 'M1');
    const stale = await openForm(mediator, caseId, 'coordonnees-personne');
    const person = await requesterVisitor(app, town, caseId);
    await send(person, '/suivi/joindre', [
      ['contact_ways', 'desk'],
      ['precautions', 'do_not_write'],
    ]);
    const said = await reachOf(caseId);
    const typed: [string, string][] = [
      ['name', 'Rosa'],
      ['email', 'rosa@courriel.example'],
      ['contactWays', 'email'],
      ['trustedPerson', 'Sa sœur FICTIF'],
    ];
    const refused = await mediator.posts(caseId, 'coordonnees-personne', [...stale, ...typed]);
    expect(refused.status).toBe(409);
    const page = await refused.text();
    expect(page).toContain('value="Sa sœur FICTIF"');
    expect(page).toContain('Façons de joindre la personne changées');
    expect(await reachOf(caseId)).toEqual(said);
    // Read, it is sent again: what the team says last holds.
    const [form] = stale;
    const again = [...(form ? [form] : []), ['seen', hiddenOf(page, 'seen')], ...typed] as [string, string][];
    expect((await mediator.posts(caseId, 'coordonnees-personne', again)).status).toBe(303);
    expect((await reachOf(caseId)).contact_ways).toEqual(['email']);
  });

  test.each(['/suivi/participation/joindre', '/suivi/participation/courriel', '/suivi/participation/interprete'])(
    'R98: the other party sends %s, then the team sends its form of that party: 409; the form of the other side is not held up',
    async (path) => {
      const carried = new Carried(town);
      const caseId = await carried.toAgreements();
      const mediator = await StaffVisitor.enter(app, town, 'M1');
      const stale = await openForm(mediator, caseId, 'coordonnees');
      const staleOther = await openForm(mediator, caseId, 'coordonnees-personne');
      const partyId = await carried.partyId('other');
      const party = await partyVisitor(app, town, carried);
      const fields: Record<string, [string, string][]> = {
        '/suivi/participation/joindre': [['contact_ways', 'desk']],
        '/suivi/participation/courriel': [['choice', 'remove']],
        '/suivi/participation/interprete': [],
      };
      expect((await party.post(path, new URLSearchParams(fields[path] ?? []))).status).toBe(303);
      const identity = () =>
        town.owner
          .selectFrom('party_identity')
          .innerJoin('party', 'party.id', 'party_identity.party_id')
          .select(['party_identity.email', 'contact_ways', 'precautions', 'interpreter'])
          .where('party_id', '=', partyId)
          .executeTakeFirstOrThrow();
      const said = await identity();
      const typed: [string, string][] = [
        ['party', partyId],
        ['kind', 'person'],
        ['name', 'Farid FICTIF'],
        ['email', 'farid@courriel.example'],
        ['contactWays', 'email'],
      ];
      const refused = await mediator.posts(caseId, 'coordonnees', [...stale, ...typed]);
      expect(refused.status).toBe(409);
      expect(await refused.text()).toContain('value="Farid FICTIF"');
      expect(await identity()).toEqual(said);
      const other = await mediator.posts(caseId, 'coordonnees-personne', [
        ...staleOther,
        ['name', 'Rosa'],
        ['contactWays', 'desk'],
      ]);
      expect(other.status).toBe(303);
    },
  );
});

describe('a call says how that person asked to be called', () => {
  test('on the worklist by codes, on the case with the hours, on the act of calling too; both sides', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toFirstContact();
    const visitor = await requesterVisitor(app, town, caseId);
    await send(visitor, '/suivi/joindre', [
      ['contact_ways', 'phone'],
      ['precautions', 'no_voicemail'],
      ['precautions', 'only_hours'],
      ['contact_hours', 'après 18 h'],
    ]);
    await inTransaction(town.db('passerelle_worker'), { role: 'app_worker', townId: town.townId }, async (tx) => {
      const policy = await town.context('passerelle_worker').policies.of(town.townId);
      await queuePartyMail(
        tx,
        policy,
        await lockCase(tx, caseId),
        { id: caseId, side: 'requester' },
        { template: 'team_message', key: 'x', call: true },
      );
    });
    const leader = new Visitor(app);
    await leader.post('/demo/entrer', { person: town.person('R1') });
    const todo = await (await leader.get('/equipe')).text();
    const row = todo.slice(todo.indexOf('Appeler'));
    expect(row).toContain('pas de message vocal');
    expect(todo).not.toContain('après 18 h');
    const mediator = await StaffVisitor.enter(app, town, 'M1');
    for (const slug of [undefined, 'contact']) {
      const page = await mediator.page(caseId, slug);
      expect(page).toContain('pas de message vocal');
      expect(page).toContain('après 18 h');
    }
  });

  test('R33: whoever asked not to be written to is not owed a letter before the service gives up', async () => {
    const clock = new TownClock(town);
    const gaveUp = async (precautions: Precaution[]) => {
      const carried = new Carried(town);
      await carried.into('assigned');
      const { caseId } = carried;
      await acceptAssignment(carried.web, carried.mediator(), caseId);
      await town.owner.updateTable('case_identity').set({ precautions }).where('case_id', '=', caseId).execute();
      for (const [weekday, hour] of [
        [1, '10:00'],
        [2, '14:00'],
        [3, '16:00'],
      ] as const) {
        await clock.toWeekday(weekday, hour);
        await noteContact(carried.web, carried.mediator(), { caseId, way: 'phone', reached: false });
      }
      await clock.forward(40);
      return proposeClosing(carried.web, carried.leader(), { caseId, outcome: 'INJOIGNABLE', reason: 'Trois appels.' });
    };
    await gaveUp(['do_not_write']);
    await expect(gaveUp([])).rejects.toMatchObject({ code: 'step_missing' });
  });
});
