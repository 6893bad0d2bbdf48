import type { HelplineRow } from '../helplines/helpline.ts';
import type { PublicTranslate } from '../i18n/catalogue.ts';

/** What pages say about the town, already worded. Every notice prints the controller, the processor and the contact (R74, R95). */
export interface TownView {
  readonly name: string;
  /** Marks every page FICTIF (R104). */
  readonly isDemo: boolean;
  readonly phone: string;
  /** `tel:` address of `phone`. */
  readonly phoneHref: string;
  readonly email: string;
  readonly address: string;
  readonly openingHours: string;
  readonly deskHours: string;
  readonly controller: string;
  readonly processor: string;
  readonly dpoContact: string;
  readonly legalBasis: string;
  readonly retentionMonths: number;
  /** The town pays interpreters: only then are they offered (§4.10). */
  readonly interpreters: boolean;
  /** The numbers of the safety page as the town has set them; those of the land where it has none. */
  readonly helplines?: readonly HelplineRow[] | undefined;
}

/** Whether a page that asks nothing offers a call with an interpreter: where the town pays one, to whoever reads another language than French. */
export function callsInterpreters(t: PublicTranslate, town: TownView): boolean {
  return town.interpreters && t.tag !== 'fr';
}
