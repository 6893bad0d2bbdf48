import type { DeadlineKind } from '../deadlines/kinds.ts';
import type { MessageKey, Translate } from '../i18n/catalogue.ts';
import type { CaseView } from './case-view.query.ts';

/** Waits that end with somebody calling or going to a person: what that person asked for stands on the task itself (R98). */
export const CALLING: readonly string[] = [
  'task_call_requester',
  'task_call_party',
  'task_note_email_removed',
  'first_contact',
  'contact_attempts',
] satisfies DeadlineKind[];

/** How somebody asked to be reached. `hours` only where the page shows who it is. */
export type CallCare = { ways: readonly string[]; precautions: readonly string[]; hours?: string | undefined };

/**
 * « par téléphone · pas de message sur le répondeur · après 18 h », in the order of a call: the ways that were allowed, then what to mind.
 * A mail is not among them: where it may leave, nobody calls.
 */
export function callCare(t: Translate, { ways, precautions, hours }: CallCare): string | undefined {
  const parts = [
    ...ways.filter((way) => way !== 'email').map((way) => t(`staff.care.way.${way}` as MessageKey)),
    ...precautions.map((code) => t(`staff.care.${code}` as MessageKey)),
    hours,
  ];
  return parts.filter(Boolean).join(' · ') || undefined;
}

/** On the page of a case, where it stands with whoever it is about, its hours too. */
export function reachOf({ identity }: CaseView, party: CaseView['parties'][number]): CallCare {
  const { ways, precautions, contactHours: hours } = party.side === 'requester' ? identity : party;
  return { ways, precautions, hours };
}
