import { expect, test } from 'vitest';
import { partnerLines, type WrittenLine } from './partner-lines.ts';

const TODAY = '2027-01-20';
const line = (template: string, more: Partial<WrittenLine<string>> = {}): WrittenLine<string> => ({
  requestId: 'one',
  number: 'MS-2027-00001',
  pointer: 'p1',
  template,
  state: 'sent',
  requestDue: TODAY,
  lineDue: null,
  ...more,
});
const said = (...lines: WrittenLine<string>[]) => partnerLines(lines, TODAY).map(({ item, dueDay }) => [item, dueDay]);

test('§4.4: « aujourd’hui » is said on that day only', () => {
  expect(said(line('partner_today'))).toEqual([['partner_today', TODAY]]);
  expect(said(line('partner_today', { requestDue: '2027-01-19' }))).toEqual([['partner_late', '2027-01-19']]);
  expect(said(line('partner_reminder', { requestDue: '2027-01-19' }))).toEqual([['partner_late', '2027-01-19']]);
  expect(said(line('partner_today', { requestDue: '2027-01-25' }))).toEqual([['partner_reminder', '2027-01-25']]);
});

test('§4.4: one line a request, the strongest; a question not read yet is said as what it is', () => {
  const late = { requestDue: '2027-01-08' };
  expect(said(line('partner_today', late), line('partner_very_late', late), line('partner_late', late))).toEqual([
    ['partner_very_late', '2027-01-08'],
  ]);
  expect(said(line('partner_request'), line('partner_today'))).toEqual([['partner_request', TODAY]]);
  expect(said(line('partner_today'), line('partner_today', { requestId: 'two' }))).toHaveLength(2);
});

test('§4.4: « l’avez-vous bien reçue ? » is dropped once it was acknowledged; nothing is said of an answer', () => {
  const ahead = { requestDue: '2027-01-25' };
  expect(said(line('partner_received', ahead))).toEqual([['partner_received', '2027-01-25']]);
  expect(said(line('partner_received', { ...ahead, state: 'acknowledged' }))).toEqual([]);
  expect(said(line('partner_late', ahead))).toEqual([]);
  for (const state of ['answered', 'cancelled', 'needs_info', 'in_hand'] as const)
    expect(said(line('partner_today', { state }))).toEqual([]);
});

test('F8, F5: an opinion and an action have their own day, not the one of the question', () => {
  const own = { state: 'in_hand', requestDue: '2026-12-01', lineDue: '2027-02-03' } as const;
  expect(said(line('partner_action', own))).toEqual([['partner_action', '2027-02-03']]);
  expect(said(line('partner_action', { ...own, state: 'done' }))).toEqual([]);
  expect(said(line('partner_opinion', { ...own, state: 'done' }), line('partner_today', { requestId: 'two' }))).toEqual(
    [
      ['partner_today', TODAY],
      ['partner_opinion', '2027-02-03'],
    ],
  );
});
