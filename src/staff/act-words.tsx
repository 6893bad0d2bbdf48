import type { MessageKey, Translate } from '../i18n/catalogue.ts';
import { Card } from '../ui/card.tsx';
import type { ActionSlug } from './action-slugs.ts';
import { asksNothing } from './case-action-fields.tsx';

/** Acts that ask something and whose sending has consequences one does not see on the form. */
const FOLLOWED: readonly ActionSlug[] = [
  'partie',
  'accord',
  'demander-accord',
  'sans-reponse',
  'retrait',
  'informer',
  'partager',
  'coordonnees',
  'absence-partenaire',
  'droit',
  'repondre-droit',
  'refuser-droit',
  'prolonger-droit',
  'retirer-droit',
  'coordonnees-personne',
  'nouveau-code',
  'danger',
  'famille',
  'masquer',
];

/** What follows from sending this form: the button is then a choice, not a reflex. */
export function WhatFollows({ t, slug }: { t: Translate; slug: ActionSlug }) {
  if (!asksNothing(slug) && !FOLLOWED.includes(slug)) return null;
  return <p>{t(`staff.then.do.${slug}` as MessageKey)}</p>;
}

/** The words of spec §4.10 for who calls, or asks for an agreement. */
const SCRIPTS: Partial<Record<ActionSlug, MessageKey>> = {
  contact: 'staff.script.contact',
  partie: 'staff.script.contact',
  accord: 'staff.script.accord',
};

/** « Ce que l’on peut dire », where the mediator calls or records. */
export function Script({ t, slug }: { t: Translate; slug: ActionSlug }) {
  const words = SCRIPTS[slug];
  if (!words) return null;
  return (
    <Card title={t('staff.script.title')}>
      <p class="written">{t(words)}</p>
    </Card>
  );
}
