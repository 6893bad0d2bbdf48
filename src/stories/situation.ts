import type { Answers } from './page-form.ts';

// What a story is about: the situation somebody tells, and who is on the other side.

/** The other side of a story: a person or a group, or an institution with whoever speaks for it. */
export type OtherSide = {
  kind: 'person' | 'household' | 'group' | 'institution' | 'business' | 'transport' | 'association';
  name: string;
  /** Code of the partner organisation that is this party. */
  organisation?: string;
  representative?: string;
};
export type Situation = {
  quarter: string;
  categories: readonly string[];
  domain: 'transports' | 'espace_public' | 'social' | 'culturel';
  need: 'person' | 'group' | 'service' | 'link';
  complexity: 'simple' | 'standard' | 'complex' | 'collective';
  tension: '1' | '2' | '3';
  told: string;
  name: string;
  /** What differs from an adult who speaks French and is written to by mail. */
  answers?: Answers;
};

export function f1({ need, categories, quarter, told, name, answers }: Situation): Answers {
  const address = name
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^a-z]/g, '');
  return {
    danger: 'no',
    need,
    categories,
    quarter,
    story: `${told} (FICTIF)`,
    relation: 'avoid',
    relation_score: '3',
    since: 'months',
    frequency: 'each_week',
    done_before: ['talked'],
    hopes: ['other'],
    procedure: 'no',
    first_name: `${name} (FICTIF)`,
    contact_ways: ['email', 'phone'],
    email: `${address}@habitants.example`,
    phone: '06 39 98 00 01',
    age_group: 'adult',
    accept_contact: 'yes',
    read_notice: 'yes',
    accept_evaluation: 'yes',
    ...answers,
  };
}
