import { expect, test } from 'vitest';
import { canLead } from './qualification-status.ts';

const TODAY = '2026-11-23';

test('R40: a verified qualification lets a mediator lead', () => {
  expect(canLead([{ status: 'verified', validUntil: null }], TODAY)).toBe(true);
  expect(canLead([{ status: 'verified', validUntil: TODAY }], TODAY)).toBe(true);
});

test('R40: « à vérifier », « en cours », expired or none does not', () => {
  expect(canLead([{ status: 'to_verify', validUntil: null }], TODAY)).toBe(false);
  expect(canLead([{ status: 'in_progress', validUntil: null }], TODAY)).toBe(false);
  expect(canLead([{ status: 'verified', validUntil: '2026-11-22' }], TODAY)).toBe(false);
  expect(canLead([], TODAY)).toBe(false);
});
