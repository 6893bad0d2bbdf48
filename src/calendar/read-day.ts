import { type Day, dayNumber, dayOf } from './day.ts';

const MONTHS = [
  ['janvier', 'janv', 'jan'],
  ['février', 'fevrier', 'févr', 'fev', 'fév'],
  ['mars'],
  ['avril', 'avr'],
  ['mai'],
  ['juin'],
  ['juillet', 'juil'],
  ['août', 'aout'],
  ['septembre', 'sept', 'sep'],
  ['octobre', 'oct'],
  ['novembre', 'nov'],
  ['décembre', 'decembre', 'déc', 'dec'],
] as const;

/**
 * A date as people write it in French: « 9/12 », « 09/12/2027 », « 9 décembre », « mardi 1er décembre 2027 », or `2027-12-09`. Without a year,
 * the next such day from `today` on; of what lies behind (`past`), the latest such day up to `today`.
 * @returns undefined when it is no day of the calendar.
 */
export function readDay(typed: string, today: Day, lies: 'ahead' | 'past' = 'ahead'): Day | undefined {
  const text = typed.normalize('NFKC').trim().toLowerCase();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return dayFrom(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const figures = /^(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})(?:\s*[/.\-\s]\s*(\d{2}|\d{4}))?$/.exec(text);
  if (figures) return inYear(figures[3], Number(figures[2]), Number(figures[1]), today, lies);
  const words = /^(?:[a-z]+\.?\s+)?(\d{1,2})(?:er)?\s+([a-zéèûô]+)\.?(?:\s+(\d{4}))?$/u.exec(text);
  if (!words) return undefined;
  const month = MONTHS.findIndex((names) => names.some((name) => name === words[2])) + 1;
  return month === 0 ? undefined : inYear(words[3], month, Number(words[1]), today, lies);
}

function inYear(
  year: string | undefined,
  month: number,
  day: number,
  today: Day,
  lies: 'ahead' | 'past',
): Day | undefined {
  if (year) return dayFrom(year.length === 2 ? 2000 + Number(year) : Number(year), month, day);
  const thisYear = Number(today.slice(0, 4));
  const past = lies === 'past';
  return [thisYear, past ? thisYear - 1 : thisYear + 1]
    .map((candidate) => dayFrom(candidate, month, day))
    .find((candidate) => candidate !== undefined && (past ? candidate <= today : candidate >= today));
}

function dayFrom(year: number, month: number, day: number): Day | undefined {
  const written = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  if (month < 1 || month > 12 || day < 1 || day > 31 || year < 1900) return undefined;
  // 31 April is no day: the calendar would make it 1 May.
  return dayOf(dayNumber(written)) === written ? written : undefined;
}
