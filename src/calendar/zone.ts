import type { Day } from './day.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return format;
}

function parts(timeZone: string, instant: Date): Record<string, string> {
  return Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(instant)
      .map((part) => [part.type, part.value]),
  );
}

export function localDayOf(timeZone: string, instant: Date): Day {
  return wallClock(timeZone, instant).slice(0, 10);
}

/** Local wall-clock time, `HH:MM`. */
export function localTimeOf(timeZone: string, instant: Date): string {
  return wallClock(timeZone, instant).slice(11, 16);
}

const QUARTER_MS = 900_000;
const offsetByQuarter = new Map<string, number>();

/** Offsets change on quarters of an hour only, so that one question to Intl serves every instant of a quarter. */
function wallClock(timeZone: string, instant: Date): string {
  const epochMs = instant.getTime();
  const quarter = Math.floor(epochMs / QUARTER_MS);
  const key = `${timeZone}|${quarter}`;
  let offset = offsetByQuarter.get(key);
  if (offset === undefined) {
    offset = offsetAt(timeZone, quarter * QUARTER_MS);
    if (offsetByQuarter.size > 5_000) offsetByQuarter.clear();
    offsetByQuarter.set(key, offset);
  }
  return new Date(epochMs + offset).toISOString();
}

function offsetAt(timeZone: string, epochMs: number): number {
  const p = parts(timeZone, new Date(epochMs));
  const wall = Date.UTC(
    Number(p['year']),
    Number(p['month']) - 1,
    Number(p['day']),
    Number(p['hour']),
    Number(p['minute']),
    Number(p['second']),
  );
  return wall - Math.floor(epochMs / 1000) * 1000;
}

const offsets = new Map<string, number>();

/** Wall-clock time to instant. In the hour that a change repeats: the first; in the hour it skips: as much later. */
export function instantOf(timeZone: string, day: Day, time: string): Date {
  const wall = Date.parse(`${day}T${time.length === 5 ? `${time}:00` : time}Z`);
  const key = `${timeZone}|${day}|${time}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    const before = offsetAt(timeZone, wall - 86_400_000);
    const after = offsetAt(timeZone, wall + 86_400_000);
    const fits = [before, after].find((candidate) => offsetAt(timeZone, wall - candidate) === candidate);
    offset = fits ?? before;
    if (offsets.size > 5_000) offsets.clear();
    offsets.set(key, offset);
  }
  return new Date(wall - offset);
}
