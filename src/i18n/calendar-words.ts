/** How instants and days are said in each language. Time zones are given, never taken from the machine. */
import { languageFacts, type Locale } from './languages.ts';

/** An instant, or a plain day written `YYYY-MM-DD` that belongs to no time zone (a due date, a working day). */
export type Moment = Date | string;

export interface CalendarWords {
  /** « mardi 1er décembre » */
  longDate(moment: Moment): string;
  /** « mardi 1er décembre 2026 » */
  longDateYear(moment: Moment): string;
  /** « 1er décembre 2026 » */
  date(moment: Moment): string;
  /** « mar. 1er déc. » */
  shortDate(moment: Moment): string;
  /** « 9 h » or « 9 h 30 », with no-break spaces */
  hour(moment: Date | string): string;
  /** « 23 novembre 2026 à 10 h 12 » */
  dateTime(moment: Date | string): string;
  /** « jeu. 3 déc., 9 h » */
  shortDateTime(moment: Date | string): string;
}

const plainDay = /^\d{4}-\d{2}-\d{2}$/;
const noBreak = '\u00a0';

type Part = 'weekday' | 'day' | 'month' | 'year' | 'hour' | 'minute';
type Width = 'long' | 'short';

function partsReader(tag: string, timeZone: string, width: Width) {
  const options = { weekday: width, day: 'numeric', month: width, year: 'numeric' } as const;
  const withHour = { ...options, hour: 'numeric', minute: '2-digit', hourCycle: 'h23' } as const;
  const days = new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC' });
  const instants = new Intl.DateTimeFormat(tag, { ...withHour, timeZone });
  return (moment: Moment): Record<Part, string> => {
    const isDay = typeof moment === 'string' && plainDay.test(moment);
    const instant = moment instanceof Date ? moment : new Date(isDay ? `${moment}T00:00:00Z` : moment);
    const parts = Object.fromEntries(
      (isDay ? days : instants).formatToParts(instant).map((part) => [part.type, part.value]),
    );
    const part = (name: Part) => parts[name] ?? '';
    return {
      weekday: part('weekday'),
      day: part('day'),
      month: part('month'),
      year: part('year'),
      hour: String(Number(part('hour'))),
      minute: part('minute').padStart(2, '0'),
    };
  };
}

function frenchWords(timeZone: string): CalendarWords {
  const long = partsReader('fr', timeZone, 'long');
  const short = partsReader('fr', timeZone, 'short');
  const ordinal = (day: string) => (day === '1' ? '1er' : day);
  const longDate = (moment: Moment) => {
    const { weekday, day, month } = long(moment);
    return `${weekday} ${ordinal(day)} ${month}`;
  };
  const date = (moment: Moment) => {
    const { day, month, year } = long(moment);
    return `${ordinal(day)} ${month} ${year}`;
  };
  const shortDate = (moment: Moment) => {
    const { weekday, day, month } = short(moment);
    return `${weekday} ${ordinal(day)} ${month}`;
  };
  const hour = (moment: Moment) => {
    const parts = long(moment);
    const minutes = parts.minute === '00' ? '' : `${noBreak}${parts.minute}`;
    return `${parts.hour}${noBreak}h${minutes}`;
  };
  return {
    longDate,
    longDateYear: (moment) => `${longDate(moment)} ${long(moment).year}`,
    date,
    shortDate,
    hour,
    dateTime: (moment) => `${date(moment)} à ${hour(moment)}`,
    shortDateTime: (moment) => `${shortDate(moment)}, ${hour(moment)}`,
  };
}

/** As the language itself writes them: only French has manners of its own here (« 1er », « 9 h 30 »). */
function wordsOf(tag: string, timeZone: string): CalendarWords {
  const say = (options: Intl.DateTimeFormatOptions) => {
    const instants = new Intl.DateTimeFormat(tag, { ...options, timeZone });
    const days = new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC' });
    return (moment: Moment) =>
      typeof moment === 'string' && plainDay.test(moment)
        ? days.format(new Date(`${moment}T00:00:00Z`))
        : instants.format(new Date(moment));
  };
  const day = { day: 'numeric', month: 'long' } as const;
  const short = { weekday: 'short', day: 'numeric', month: 'short' } as const;
  const hour = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return {
    longDate: say({ ...day, weekday: 'long' }),
    longDateYear: say({ ...day, weekday: 'long', year: 'numeric' }),
    date: say({ ...day, year: 'numeric' }),
    shortDate: say(short),
    hour: say(hour),
    dateTime: say({ ...day, year: 'numeric', ...hour }),
    shortDateTime: say({ ...short, ...hour }),
  };
}

export function calendarWords(locale: Locale, timeZone: string): CalendarWords {
  const { format } = languageFacts[locale];
  return format === 'fr' ? frenchWords(timeZone) : wordsOf(format, timeZone);
}
