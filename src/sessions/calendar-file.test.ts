import { expect, test } from 'vitest';
import { calendarFile } from './calendar-file.ts';

const APPOINTMENT = {
  sessionId: '00000000-0000-4000-8000-000000000001',
  summary: 'Rendez-vous n°\u00a0MS-2027-00003',
  startsAt: new Date('2027-03-28T12:00:00Z'),
  endsAt: new Date('2027-03-28T13:00:00Z'),
  sequence: 2,
  stamp: new Date('2027-03-20T09:00:00Z'),
  cancelled: false,
  organiser: { name: 'Médiation, Ville de Val-Rivière', email: 'mediation@val-riviere.example' },
  fictional: null,
};
const unfolded = (content: string) => content.replaceAll('\r\n ', '');

test('R86, line 3: number and hours in UTC, nobody named, a UID that stays', () => {
  const { method, content } = calendarFile(APPOINTMENT);
  const text = unfolded(content);
  expect(method).toBe('PUBLISH');
  expect(text).toContain('METHOD:PUBLISH');
  expect(text).toContain('DTSTART:20270328T120000Z');
  expect(text).toContain('SEQUENCE:2');
  expect(text).toContain('UID:00000000-0000-4000-8000-000000000001@mediation');
  for (const never of ['ATTENDEE', 'LOCATION', 'DESCRIPTION', 'GEO']) expect(text).not.toContain(never);
});

test('a cancelled appointment says so under the same UID', () => {
  const { method, content } = calendarFile({ ...APPOINTMENT, cancelled: true, sequence: 3 });
  expect(method).toBe('CANCEL');
  expect(unfolded(content)).toMatch(/METHOD:CANCEL[\s\S]*STATUS:CANCELLED/);
});

test('R104: an invented town says so after the number, a real one says nothing, and either names nobody', () => {
  const summaryOf = (fictional: string | null) =>
    /^SUMMARY:.*$/m.exec(unfolded(calendarFile({ ...APPOINTMENT, fictional }).content))?.[0].trim();
  expect(summaryOf('FICTIF')).toBe('SUMMARY:Rendez-vous n°\u00a0MS-2027-00003 – FICTIF');
  expect(summaryOf(null)).toBe('SUMMARY:Rendez-vous n°\u00a0MS-2027-00003');
});
