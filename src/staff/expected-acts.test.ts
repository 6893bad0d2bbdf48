import { expect, test } from 'vitest';
import type { ActionSlug } from './action-slugs.ts';
import { urgedActs } from './expected-acts.ts';

// R46: what the top of a case waits for is what its buttons do.

const POSSIBLE: ActionSlug[] = [
  'accord',
  'note',
  'rencontre',
  'contact',
  'ecrire',
  'partie',
  'clore',
  'arreter',
  'danger',
];

test('the act that brings what is waited for comes first, wherever it stands in the list', () => {
  expect(urgedActs(POSSIBLE, 'first_contact')).toEqual(['contact', 'accord', 'note', 'rencontre']);
  expect(urgedActs(POSSIBLE, 'other_party_contact').slice(0, 2)).toEqual(['partie', 'contact']);
});

test('what ends a case is offered at the top only where it is waited for', () => {
  expect(urgedActs(['affecter', 'clore', 'arreter', 'danger'], 'assignment')).toEqual(['affecter']);
  expect(urgedActs(POSSIBLE, 'closing_to_propose')[0]).toBe('clore');
});

test('what somebody else brings, or nobody knows, urges nothing: the list’s own order stands', () => {
  for (const kind of [undefined, 'partner_opinion', 'a_kind_of_long_ago'])
    expect(urgedActs(POSSIBLE, kind)).toEqual(['accord', 'note', 'rencontre', 'contact']);
});
