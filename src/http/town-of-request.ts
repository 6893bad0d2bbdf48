import type { Context } from 'hono';
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import type { TownMap, TownService, TownWordsSpoken } from '../db/tables/town.ts';
import { wholeHours } from '../i18n/whole-hours.ts';
import { type PublicTranslate, type Translate, translator } from '../i18n/catalogue.ts';
import { mayBeParty } from '../partners/request-status.ts';
import type { TownView } from '../ui/town-view.ts';

export type Town = {
  id: string;
  kid: string;
  slug: string;
  view: TownView;
  /** What `view` says otherwise in other languages. */
  words: NonNullable<TownService['words']>;
  t: Translate;
  timeZone: string;
  quarters: { code: string; name: string }[];
  places: TownPlace[];
  /** Services a resident may have a difficulty with; forces of order are never a party (R84). */
  services: { id: string; code: string; name: string; type: string }[];
  /** None where the town has no drawn map. */
  map: TownMap | null;
};
/** The town as residents see it, in their language. */
export type PublicTown = Omit<Town, 't'> & { t: PublicTranslate };

/** A place people may name: chosen from a list, on the map, or by the code of its poster (`/demande?lieu=CODE`). */
export type TownPlace = { id: string; code: string; name: string; type: string; quarter: string | null };

/**
 * The towns this installation serves, kept in memory and read again every half minute: pages that say « call this number » need
 * no database (architecture.md, "The form without script"). One town answers for every host name; several are told apart by it.
 */
export class TownDirectory {
  readonly #db: Db;
  #towns: { hosts: string[]; town: Town }[] = [];
  #readAt = 0;
  constructor(db: Db) {
    this.#db = db;
  }

  async refresh(): Promise<void> {
    const rows = await this.#db.transaction().execute(async (tx) => {
      await sql`select set_config('role', 'app_public', true)`.execute(tx);
      const towns = await tx
        .selectFrom('town')
        .select(['id', 'slug', 'kid', 'name', 'hosts', 'is_demo', 'service', 'time_zone', 'map'])
        .orderBy('created_at')
        .execute();
      const found = [];
      for (const town of towns) {
        await sql`select set_config('app.town', ${town.id}, true)`.execute(tx);
        const quarters = await tx
          .selectFrom('quarter')
          .select(['code', 'name'])
          .where('town_id', '=', town.id)
          .orderBy('name')
          .execute();
        const places = await tx
          .selectFrom('place')
          .select(['id', 'code', 'name', 'type', 'quarter_code as quarter'])
          .where('town_id', '=', town.id)
          .orderBy('name')
          .execute();
        const organisations = await tx
          .selectFrom('organisation')
          .select(['id', 'code', 'name', 'type', 'roles'])
          .where('town_id', '=', town.id)
          .where('ended_at', 'is', null)
          .orderBy('name')
          .execute();
        const helplines = await tx
          .selectFrom('helpline')
          .select(['code', 'number', 'by', 'list', 'audience', 'who', 'hours', 'shown', 'ordinal'])
          .select('checked_on as checkedOn')
          .where('town_id', '=', town.id)
          .execute();
        found.push({ town, quarters, places, services: organisations.filter(isService), helplines });
      }
      return found;
    });
    this.#towns = rows.map(({ town, quarters, places, services, helplines }) => ({
      hosts: town.hosts,
      town: {
        id: town.id,
        kid: town.kid,
        slug: town.slug,
        timeZone: town.time_zone,
        t: translator('fr', { timeZone: town.time_zone }),
        view: { ...viewOf(town.name, town.is_demo, town.service), helplines },
        words: spokenOf(town.service.words ?? {}),
        quarters,
        places,
        services,
        map: town.map,
      },
    }));
    this.#readAt = Date.now();
  }

  get isEmpty(): boolean {
    return this.#towns.length === 0;
  }
  /** The names that towns are found under. */
  get hosts(): string[] {
    return this.#towns.flatMap(({ hosts }) => hosts);
  }
  get all(): Town[] {
    return this.#towns.map(({ town }) => town);
  }

  of(c: Context): Town | undefined {
    if (Date.now() - this.#readAt > 30_000) {
      this.#readAt = Date.now();
      void this.refresh().catch(() => undefined);
    }
    if (this.#towns.length === 1) return this.#towns[0]?.town;
    const host = (c.req.header('host') ?? '').toLowerCase();
    return this.#towns.find(({ hosts }) => hosts.includes(host))?.town;
  }
}

/** One that residents deal with: not whoever only pays, nor the mediators themselves. */
function isService({ type, roles }: { type: string; roles: string[] }): boolean {
  return mayBeParty(type) && type !== 'mediation_sociale' && roles.some((role) => role !== 'funder');
}

function viewOf(name: string, isDemo: boolean, { words: _words, ...service }: TownService): TownView {
  const phone = service.phone.replaceAll(/\s/g, '\u00a0');
  const phoneHref = `tel:${service.phone.replaceAll(/\s/g, '')}`;
  return { name, isDemo, ...withWholeHours(service), phone, phoneHref };
}

function spokenOf(words: Town['words']): Town['words'] {
  return Object.fromEntries(Object.entries(words).map(([locale, said]) => [locale, withWholeHours(said ?? {})]));
}

function withWholeHours<Said extends Partial<TownWordsSpoken>>(said: Said): Said {
  const { openingHours, deskHours } = said;
  return {
    ...said,
    ...(openingHours === undefined ? {} : { openingHours: wholeHours(openingHours) }),
    ...(deskHours === undefined ? {} : { deskHours: wholeHours(deskHours) }),
  };
}
