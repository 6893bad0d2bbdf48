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
  const p = parts(timeZone, instant);
  return `${p['year']}-${p['month']}-${p['day']}`;
}

/** Local wall-clock time, `HH:MM`. */
export function localTimeOf(timeZone: string, instant: Date): string {
  const p = parts(timeZone, instant);
  return `${p['hour']}:${p['minute']}`;
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
