import type { Translate } from '../i18n/catalogue.ts';
import type { CaseView } from './case-view.query.ts';
import type { CaseWait } from './case-waits.query.ts';
import { partyName } from './party-choice.tsx';

/** Whom a wait is about, by name where there is one; a meeting is everybody's who is invited to it. */
export function waitedFor(t: Translate, view: CaseView, { kind, waitsFor, partyId }: CaseWait): string {
  if (kind === 'session') return t('staff.for.invited');
  const party = waitsFor === 'party' ? view.parties.find(({ id }) => id === partyId) : undefined;
  if (party) return partyName(t, party, view.identity.firstName);
  const name = waitsFor === 'leader' ? view.leader : waitsFor === 'mediator' ? view.mediator : null;
  return name ?? t(`staff.for.${waitsFor}`);
}
