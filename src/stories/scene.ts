import type { Day } from '../calendar/day.ts';
import town from '../dev/val-riviere.json' with { type: 'json' };
import type { Answers } from './page-form.ts';
import { Colleague, Contact, type Mails, Resident } from './story-people.ts';
import type { StoryClock, Wait } from './story-clock.ts';
import type { Browsing, Page } from './story-browser.ts';

export type Telling = AsyncGenerator<Wait, void>;

/** A browser of its own for each person of the stories. */
export type Browsers = (who: string) => Browsing;

/** The people of one town, each with one browser for all stories. */
export class Stage {
  readonly browsers: Browsers;
  readonly mails: Mails;
  readonly clock: StoryClock;
  readonly #colleagues = new Map<string, Colleague>();
  readonly #contacts = new Map<string, Contact>();
  /** The day of the town, where the stories stand. */
  today: Day;
  constructor(place: { browsers: Browsers; mails: Mails; clock: StoryClock; today: Day }) {
    this.browsers = place.browsers;
    this.mails = place.mails;
    this.clock = place.clock;
    this.today = place.today;
  }

  colleague(name: string): Colleague {
    const known = this.#colleagues.get(name) ?? new Colleague(this.browsers(name), name);
    this.#colleagues.set(name, known);
    return known;
  }

  contact(code: string, position: 'referent' | 'substitute' | 'head' = 'referent'): Contact {
    const email = town.organisations
      .find((organisation) => organisation.code === code)
      ?.contacts.find((contact) => contact.position === position)?.email;
    if (!email) throw new Error(`${code} has no ${position}`);
    const known = this.#contacts.get(email) ?? new Contact(this.browsers(email), email, this.mails);
    this.#contacts.set(email, known);
    return known;
  }
}

export function organisationName(code: string): string {
  const found = town.organisations.find((organisation) => organisation.code === code);
  if (!found) throw new Error(`no organisation ${code}`);
  return found.name;
}

export type Cast = { leader: string; mediator: string };

/** One case with its people, for the length of one story. */
export class Scene {
  readonly stage: Stage;
  readonly resident: Resident;
  readonly cast: Cast;
  /** Number and id of the case once it is there. */
  number = '';
  caseId = '';
  constructor(stage: Stage, cast: Cast) {
    this.stage = stage;
    this.cast = cast;
    this.resident = new Resident(stage.browsers('resident'));
  }

  async arrives(number: string): Promise<void> {
    this.number = number;
    this.caseId = await this.stage.colleague(this.cast.leader).finds(number);
  }

  async leader(act: string, answers?: Answers): Promise<Page> {
    return this.stage.colleague(this.cast.leader).does(this.caseId, act, answers);
  }

  async mediator(act: string, answers?: Answers): Promise<Page> {
    return this.stage.colleague(this.cast.mediator).does(this.caseId, act, answers);
  }

  /** Calls and messages that wait for the mediator are made and read first. */
  async tidiesUp(who: 'mediator' | 'leader' = 'mediator'): Promise<void> {
    if (this.caseId) await this.stage.colleague(this.cast[who]).tidies(this.caseId);
  }

  /** As the leader reads the case. */
  async read(): Promise<Page> {
    return this.stage.colleague(this.cast.leader).reads(this.caseId);
  }

  /** A day as people type it, so many working days from now. */
  dayAfter(waited: Wait): string {
    const [year, month, day] = this.stage.clock.after(this.stage.today, waited).split('-');
    return `${day}/${month}/${year}`;
  }
}
