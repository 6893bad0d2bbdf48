import { test as propertyTest } from '@fast-check/vitest';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AgreementStanding, lacks, mayBecome, missingAgreements, type PartyStanding } from './agreement-status.ts';

const ORDINARY = { need: 'person', complexity: 'standard', preventive: false };
const agreed = (side: 'requester' | 'other', change: Partial<PartyStanding> = {}): PartyStanding => ({
  id: side,
  side,
  institution: false,
  minor: false,
  ended: false,
  agreement: 'yes',
  takesPart: true,
  mandate: false,
  legalRepresentativeAgreed: false,
  ...change,
});

describe('R29: what a mediation needs', () => {
  test('R9: both sides', () => {
    expect(missingAgreements(ORDINARY, [agreed('requester'), agreed('other')])).toEqual([]);
    expect(missingAgreements(ORDINARY, [agreed('requester')])).toEqual(['other']);
    expect(missingAgreements(ORDINARY, [agreed('requester'), agreed('other', { agreement: 'asked' })])).toEqual([
      'other',
    ]);
    expect(missingAgreements(ORDINARY, [agreed('requester', { takesPart: false }), agreed('other')])).toEqual([
      'requester',
    ]);
  });
  test('a party that has ended is neither waited for nor counted', () => {
    const refused = agreed('other', { agreement: 'no', ended: true });
    expect(missingAgreements(ORDINARY, [agreed('requester'), refused])).toEqual(['other']);
    expect(missingAgreements(ORDINARY, [agreed('requester'), refused, agreed('other', { id: 'b' })])).toEqual([]);
  });
  test.each([
    ['R8: preventive', { ...ORDINARY, preventive: true }],
    ['R7: a link to create', { ...ORDINARY, need: 'link' }],
    ['R12: collective', { ...ORDINARY, complexity: 'collective' }],
  ])('%s: one party is enough', (_what, theCase) => {
    expect(missingAgreements(theCase, [agreed('requester')])).toEqual([]);
  });
  test('R11: an institution agrees by somebody who may speak for it', () => {
    expect(lacks(agreed('other', { institution: true }))).toBe('mandate');
    expect(lacks(agreed('other', { institution: true, mandate: true }))).toBeUndefined();
  });
  test('R81: a minor takes part with the agreement of a representative', () => {
    expect(lacks(agreed('requester', { minor: true }))).toBe('legal_representative');
    expect(lacks(agreed('requester', { minor: true, legalRepresentativeAgreed: true }))).toBeUndefined();
  });
});

const standing = fc.constantFrom<AgreementStanding>('none', 'asked', 'yes', 'no', 'no_answer', 'withdrawn');
const anyParty = fc.record<PartyStanding>({
  id: fc.string(),
  side: fc.constantFrom('requester', 'other'),
  institution: fc.boolean(),
  minor: fc.boolean(),
  ended: fc.boolean(),
  agreement: standing,
  takesPart: fc.boolean(),
  mandate: fc.boolean(),
  legalRepresentativeAgreed: fc.boolean(),
});

propertyTest.prop([fc.array(anyParty, { maxLength: 5 })])(
  'invariant 1: nothing is missing only when everybody present said yes and takes part',
  (parties) => {
    const missing = missingAgreements(ORDINARY, parties);
    const present = parties.filter(({ ended }) => !ended);
    const all = present.every(({ agreement, takesPart }) => agreement === 'yes' && takesPart);
    if (missing.length === 0) {
      expect(all).toBe(true);
      expect(new Set(present.map(({ side }) => side)).size).toBe(2);
    }
    if (!all) expect(missing).not.toEqual([]);
  },
);

test('R30: what was given can always be taken back, and nothing is withdrawn that was not given', () => {
  expect(mayBecome('yes', 'withdrawn')).toBe(true);
  for (const from of ['none', 'asked', 'no', 'no_answer', 'withdrawn'] as const)
    expect(mayBecome(from, 'withdrawn')).toBe(false);
});
