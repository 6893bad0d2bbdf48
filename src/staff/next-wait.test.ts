import { expect, test } from 'vitest';
import type { CaseWait } from './case-waits.query.ts';
import { nextWait } from './next-wait.ts';

const wait = (kind: string, change: Partial<CaseWait> = {}): CaseWait => ({
  id: kind,
  kind,
  waitsFor: 'mediator',
  dueDay: '2027-01-20',
  dueAt: new Date('2027-01-20T16:30:00Z'),
  reason: null,
  mailId: null,
  partyId: null,
  organisation: null,
  held: false,
  nextAt: new Date('2027-01-19T08:00:00Z'),
  nextAction: 'remind',
  ...change,
});
const none = { nextAt: null, nextAction: null };

test('§8: an old wait without a further step does not hide the next one', () => {
  expect(nextWait([wait('task_mail_refused', none), wait('no_note')])?.kind).toBe('no_note');
});
test('T24, T25: what is held is named only when nothing else is waited for', () => {
  const held = wait('first_contact', { ...none, held: true });
  expect(nextWait([held, wait('partner_answer_standard')])?.kind).toBe('partner_answer_standard');
  expect(nextWait([held])?.kind).toBe('first_contact');
});
test('R85: a danger nobody has decided on comes first, also once its reminders are over', () => {
  expect(nextWait([wait('triage'), wait('danger', none)])?.kind).toBe('danger');
});
test('the earliest due comes first among equals, as they are read', () => {
  expect(nextWait([wait('no_note'), wait('art14_notice')])?.kind).toBe('no_note');
  expect(nextWait([])).toBeUndefined();
});
