/** A local calendar day, `YYYY-MM-DD`. It has no time zone: it is what a wall calendar shows. */
export type Day = string;

const DAY_MS = 86_400_000;

/** Days since 1970-01-01. Integer arithmetic on days cannot be shifted by a clock change. */
export function dayNumber(day: Day): number {
  return Math.round(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))) / DAY_MS);
}

export function dayOf(number: number): Day {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

/** 1 = Monday … 7 = Sunday. */
export function weekday(number: number): 1 | 2 | 3 | 4 | 5 | 6 | 7 {
  // 1970-01-01 was a Thursday; the result is within 1..7 by construction.
  return (((((number + 3) % 7) + 7) % 7) + 1) as 1 | 2 | 3 | 4 | 5 | 6 | 7;
}

/** The same day of the month n months later, or the month's last day where it has no such day. */
export function addMonths(day: Day, n: number): Day {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + n;
  const year = Math.floor(months / 12);
  const month = months - year * 12;
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return dayOf(Math.round(Date.UTC(year, month, Math.min(Number(day.slice(8, 10)), last)) / DAY_MS));
}
