import { sql } from 'kysely';
import { withOwner } from '../db/as-owner.ts';
import type { RawTransaction } from '../db/database.ts';
import { DEFAULT_LADDERS } from '../deadlines/default-ladders.ts';
import { openNight } from '../journal/take-night.command.ts';
import { readPolicy } from '../deadlines/town-policy.ts';
import { keyCheck } from '../privacy/field-encryption.ts';
import type { KeyRing } from '../privacy/key-ring.ts';
import { addHelplinesTo } from './add-missing-helplines.ts';
import type { TownFile } from './town-file.ts';

type Ids = Map<string, string>;

/**
 * Creates a town, with everything its file names, as the schema's owner. One transaction.
 * @returns its id, or undefined when a town with this slug exists already (nothing is changed then).
 */
export async function createTown(adminUrl: string, keys: KeyRing, file: TownFile): Promise<string | undefined> {
  return withOwner(adminUrl, (db) =>
    db.transaction().execute(async (tx) => {
      const exists = await tx.selectFrom('town').select('id').where('slug', '=', file.slug).executeTakeFirst();
      if (exists) return undefined;
      const townId = await insertTown(tx, keys, file);
      await startNights(tx, townId);
      return townId;
    }),
  );
}

async function insertTown(tx: RawTransaction, keys: KeyRing, file: TownFile): Promise<string> {
  const town = await tx
    .insertInto('town')
    .values({
      slug: file.slug,
      name: file.name,
      hosts: file.hosts,
      time_zone: file.timeZone,
      holiday_zone: file.holidayZone,
      whit_monday_worked: file.whitMondayWorked,
      is_demo: file.demo,
      service: JSON.stringify(file.service),
      ...(file.map === undefined ? {} : { map: JSON.stringify(file.map) }),
      kid: keys.current,
      key_check: keyCheck(keys, keys.current),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await insertTime(tx, town.id, file);
  await addHelplinesTo(tx, town.id, file.helplinesCheckedOn ?? null);
  const people = await insertPeople(tx, town.id, file);
  const teams = await insertTeams(tx, town.id, file, people);
  await insertPlaces(tx, town.id, file, teams);
  await insertOrganisations(tx, town.id, file);
  return town.id;
}

async function insertTime(tx: RawTransaction, townId: string, file: TownFile): Promise<void> {
  const opening = file.opening.flatMap(({ weekday, hours }) =>
    hours.map(([opens, closes]) => ({ town_id: townId, weekday, opens, closes })),
  );
  if (opening.length > 0) await tx.insertInto('town_opening').values(opening).execute();
  const closures = file.closures.map(({ from, to, label }) => ({ town_id: townId, from_day: from, to_day: to, label }));
  if (closures.length > 0) await tx.insertInto('town_closure').values(closures).execute();
  const ladders = Object.entries(DEFAULT_LADDERS);
  await tx
    .insertInto('ladder')
    .values(ladders.map(([kind, ladder]) => ({ town_id: townId, kind, ...ladder.target })))
    .execute();
  const steps = ladders.flatMap(([kind, ladder]) =>
    ladder.steps.map((step, index) => ({ town_id: townId, kind, ordinal: index + 1, ...step })),
  );
  await tx.insertInto('ladder_step').values(steps).execute();
}

async function insertPeople(tx: RawTransaction, townId: string, file: TownFile): Promise<Ids> {
  const ids: Ids = new Map();
  for (const person of file.people) {
    const { id } = await tx
      .insertInto('person')
      .values({
        town_id: townId,
        ref: person.ref,
        auth_user_id: null,
        first_name: person.firstName,
        last_name: person.lastName,
        email: person.email,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    ids.set(person.ref, id);
    await tx
      .insertInto('person_role')
      .values(person.roles.map((role) => ({ town_id: townId, person_id: id, role })))
      .execute();
    if (!person.mediator) continue;
    const { contract, contractUntil, languages, sectors, qualifications } = person.mediator;
    await tx
      .insertInto('mediator_profile')
      .values({ person_id: id, town_id: townId, contract, contract_until: contractUntil, languages, sectors })
      .execute();
    for (const { code, label, status, validUntil, hours } of qualifications) {
      await tx
        .insertInto('qualification')
        .values({ town_id: townId, person_id: id, code, label, status, valid_until: validUntil, hours })
        .execute();
    }
  }
  return ids;
}

async function insertTeams(tx: RawTransaction, townId: string, file: TownFile, people: Ids): Promise<Ids> {
  const ids: Ids = new Map();
  for (const team of file.teams) {
    const { id } = await tx
      .insertInto('team')
      .values({
        town_id: townId,
        code: team.code,
        name: team.name,
        leader_id: named(people, team.leader),
        deputy_id: named(people, team.deputy),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    ids.set(team.code, id);
  }
  for (const person of file.people) {
    for (const team of person.teams) {
      await tx
        .insertInto('team_member')
        .values({ town_id: townId, team_id: known(ids, team), person_id: known(people, person.ref) })
        .execute();
    }
  }
  return ids;
}

async function insertPlaces(tx: RawTransaction, townId: string, file: TownFile, teams: Ids): Promise<void> {
  await tx
    .insertInto('quarter')
    .values(
      file.quarters.map(({ code, name, qpv, team }) => ({
        town_id: townId,
        code,
        name,
        qpv,
        team_id: known(teams, team),
      })),
    )
    .execute();
  if (file.places.length === 0) return;
  await tx
    .insertInto('place')
    .values(
      file.places.map(({ code, name, type, quarter }) => ({
        town_id: townId,
        name,
        type,
        quarter_code: quarter,
        ...(code === undefined ? {} : { code }),
      })),
    )
    .execute();
}

async function insertOrganisations(tx: RawTransaction, townId: string, file: TownFile): Promise<void> {
  for (const { contacts, ...organisation } of file.organisations) {
    const { id } = await tx
      .insertInto('organisation')
      .values({ town_id: townId, ...organisation })
      .returning('id')
      .executeTakeFirstOrThrow();
    const rows = contacts.map((contact) => ({ town_id: townId, organisation_id: id, ...contact }));
    if (rows.length > 0) await tx.insertInto('organisation_contact').values(rows).execute();
  }
}

async function startNights(tx: RawTransaction, townId: string): Promise<void> {
  const clock = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(tx);
  const now = clock.rows[0]?.now ?? new Date();
  await openNight({ db: tx, actor: { role: 'app_worker', townId }, now }, await readPolicy(tx, townId), 'town_created');
}

function known(ids: Ids, ref: string): string {
  const id = ids.get(ref);
  if (!id) throw new Error(`the town file names ${ref}, which it does not define`);
  return id;
}
function named(ids: Ids, ref: string | undefined): string | null {
  return ref === undefined ? null : known(ids, ref);
}
