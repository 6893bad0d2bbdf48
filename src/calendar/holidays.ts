import { type Day, dayNumber, dayOf } from './day.ts';

export type HolidayZone = 'metropole' | 'alsace-moselle';

/** Easter Sunday of a Gregorian year (Meeus, Jones, Butcher). */
export function easter(year: number): Day {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  const day = ((h + l - 7 * m + 114) % 31) + 1;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

const FIXED = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'];
const EASTER_MONDAY = 1;
const ASCENSION = 39;
const WHIT_MONDAY = 50;
const GOOD_FRIDAY = -2;

/** The public holidays of a year, computed (spec §4.4): local days, never instants. */
export function publicHolidays(year: number, zone: HolidayZone, whitMondayWorked: boolean): Day[] {
  const sunday = dayNumber(easter(year));
  const moving = [EASTER_MONDAY, ASCENSION, ...(whitMondayWorked ? [] : [WHIT_MONDAY])];
  const fixed = [...FIXED];
  if (zone === 'alsace-moselle') {
    moving.push(GOOD_FRIDAY);
    fixed.push('12-26');
  }
  return [...fixed.map((day) => `${year}-${day}`), ...moving.map((offset) => dayOf(sunday + offset))].sort();
}
