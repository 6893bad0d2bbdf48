import type { Audience } from '../db/tables/town.ts';
import type { Translate } from '../i18n/catalogue.ts';
import type { CaseView } from './case-view.query.ts';

/** Whom a wait is about, by name where there is one. */
export function waitedFor(t: Translate, view: CaseView, audience: Audience): string {
  const name = audience === 'leader' ? view.leader : audience === 'mediator' ? view.mediator : null;
  return name ?? t(`staff.for.${audience}`);
}
