import { test as propertyTest } from '@fast-check/vitest';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayNumber, dayOf, weekday } from './day.ts';
import { dueAt, dueDay } from './due.ts';
import { easter, publicHolidays } from './holidays.ts';
import { type LadderStep, stepInstants } from './ladder.ts';
import * as town from './town-calendar.ts';

const calendar: town.TownCalendar = {
  timeZone: 'Europe/Paris',
  zone: 'metropole',
  whitMondayWorked: false,
  closures: [],
  openingHours: {
    1: [['09:00', '12:30'], ['13:30', '17:30']],
    2: [['09:00', '12:30'], ['13:30', '17:30']],
    3: [['09:00', '12:30'], ['13:30', '17:30']],
    4: [['09:00', '12:30'], ['13:30', '17:30']],
    5: [['09:00', '12:30'], ['13:30', '17:30']],
    6: [],
    7: [],
  }, // prettier-ignore
  messageWindow: ['09:00', '17:30'],
  dueTime: '17:30',
};

describe('§4.4: working days', () => {
  test.each([
    ['2026-12-23', 3, '2026-12-29'],
    ['2026-12-24', 10, '2027-01-11'],
    ['2027-03-26', 1, '2027-03-30'],
    ['2027-05-05', 3, '2027-05-11'],
    ['2027-05-14', 10, '2027-05-31'],
    ['2026-07-13', 1, '2026-07-15'],
    ['2028-04-28', 1, '2028-05-02'],
  ])('%s + %i d = %s', (from, days, to) => {
    expect(town.addWorkingDays(calendar, from, days)).toBe(to);
  });

  test.each([
    [2026, '2026-04-05', 252],
    [2027, '2027-03-28', 254],
    [2028, '2028-04-16', 251],
  ])('%i: Easter on %s, %i working days', (year, sunday, count) => {
    expect(easter(year)).toBe(sunday);
    expect(town.workingDaysBetween(calendar, `${year - 1}-12-31`, `${year}-12-31`)).toBe(count);
  });

  test('Alsace-Moselle adds Good Friday and 26 December; Whit Monday may be worked', () => {
    expect(publicHolidays(2027, 'alsace-moselle', false)).toEqual(expect.arrayContaining(['2027-03-26', '2027-12-26']));
    expect(publicHolidays(2027, 'metropole', true)).not.toContain('2027-05-17');
  });

  test('the closing days of a town are not worked', () => {
    const bridge = { ...calendar, closures: [{ from: '2027-05-07', to: '2027-05-07' }] };
    expect(town.addWorkingDays(bridge, '2027-05-05', 3)).toBe('2027-05-12');
    expect(town.addWorkingDays(calendar, '2027-05-05', 3)).toBe('2027-05-11');
  });

  const aDay = fc.integer({ min: dayNumber('2020-01-01'), max: dayNumber('2060-12-31') }).map(dayOf);
  propertyTest.prop([aDay, fc.integer({ min: 0, max: 90 })])(
    'the result is a working day, n of them later',
    (from, n) => {
      const to = town.addWorkingDays(calendar, from, n);
      expect(town.isWorkingDay(calendar, to)).toBe(true);
      if (n > 0) expect(town.workingDaysBetween(calendar, from, to)).toBe(n);
    },
  );
  propertyTest.prop([aDay])('weekdays agree with the calendar of the language', (day) => {
    expect(weekday(dayNumber(day)) % 7).toBe(new Date(`${day}T00:00:00Z`).getUTCDay());
  });
});

describe('§4.4: instants', () => {
  test('a due day is missed at 17:30 town time, in winter and in summer', () => {
    expect(dueAt(calendar, new Date('2026-11-23T09:12:00Z'), { unit: 'working_day', n: 2 })).toEqual(
      new Date('2026-11-25T16:30:00Z'),
    );
    expect(dueAt(calendar, new Date('2027-06-01T22:30:00Z'), { unit: 'working_day', n: 2 })).toEqual(
      new Date('2027-06-04T15:30:00Z'),
    );
  });

  test.each([
    ['2027-03-26', '2027-03-30', 'the night of 28 March 2027'],
    ['2027-10-29', '2027-11-02', 'the night of 31 October 2027'],
  ])('from %s to %s over %s, nine o’clock stays nine o’clock', (from, to) => {
    const opened = town.instantAt(calendar, from, '10:00');
    const ladder: LadderStep[] = [
      {
        ordinal: 1,
        anchor: 'opened',
        offset: { unit: 'working_day', n: 1 },
        audience: 'leader',
        action: 'remind',
        template: 'x',
      },
    ];
    const [step] = stepInstants(calendar, { openedAt: opened, dueDay: to, caseId: 'a', ladder });
    expect(town.localDay(calendar, step?.at ?? opened)).toBe(to);
    expect(new Intl.DateTimeFormat('fr', { timeZone: 'Europe/Paris', hour: '2-digit' }).format(step?.at)).toMatch(
      /^09/,
    );
    expect(dueDay(calendar, opened, { unit: 'working_day', n: 1 })).toBe(to);
  });

  test('a time the clock skips is as much later; one it repeats is the first', () => {
    expect(town.instantAt(calendar, '2027-03-28', '02:30')).toEqual(new Date('2027-03-28T01:30:00Z'));
    expect(town.instantAt(calendar, '2027-10-31', '02:30')).toEqual(new Date('2027-10-31T00:30:00Z'));
  });

  test('« 1 h » after a danger flag counts open hours: over lunch, over a week-end', () => {
    const noon = town.instantAt(calendar, '2026-11-23', '12:00');
    expect(town.addOpenMinutes(calendar, noon, 60)).toEqual(town.instantAt(calendar, '2026-11-23', '14:00'));
    const friday = town.instantAt(calendar, '2026-11-27', '18:00');
    expect(town.nextOpening(calendar, friday)).toEqual(town.instantAt(calendar, '2026-11-30', '09:00'));
    expect(town.isOpen(calendar, noon)).toBe(true);
    expect(town.isOpen(calendar, town.instantAt(calendar, '2026-11-23', '13:00'))).toBe(false);
  });
});

describe('§4.4: ladders', () => {
  const rung = (ordinal: number, anchor: 'opened' | 'due', n: number, audience = 'referent'): LadderStep => ({
    ordinal,
    anchor,
    offset: { unit: 'working_day', n },
    audience,
    action: 'remind',
    template: `t${ordinal}`,
  });
  const partner = [rung(1, 'opened', 3), rung(2, 'due', -2), rung(3, 'due', 0), rung(4, 'due', 3), rung(5, 'due', 7)];
  const opened = town.instantAt(calendar, '2026-11-23', '10:00');
  const days = (dueIn: number) => {
    const due = town.addWorkingDays(calendar, '2026-11-23', dueIn);
    return stepInstants(calendar, { openedAt: opened, dueDay: due, caseId: 'case', ladder: partner })
      .filter((step) => !step.dropped)
      .map((step) => step.ordinal);
  };

  test('a standard request keeps every step', () => {
    expect(days(10)).toEqual([1, 2, 3, 4, 5]);
  });

  test('an urgent request drops « due −2 » and the acknowledgement question', () => {
    expect(days(2)).toEqual([3, 4, 5]);
  });

  test('steps act between 9:00 and 9:20, always at the same minute for one case, on working days', () => {
    for (const step of stepInstants(calendar, {
      openedAt: opened,
      dueDay: '2026-12-07',
      caseId: 'case',
      ladder: partner,
    })) {
      const nine = town.instantAt(calendar, town.localDay(calendar, step.at), '09:00').getTime();
      expect(step.at.getTime() - nine).toBeGreaterThanOrEqual(0);
      expect(step.at.getTime() - nine).toBeLessThan(20 * 60_000);
      expect(town.isWorkingDay(calendar, town.localDay(calendar, step.at))).toBe(true);
    }
  });
});
