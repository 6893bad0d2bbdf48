import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';

export type Appointment = {
  sessionId: string;
  /** « Rendez-vous n° … »: the number of the request is the only thing the file names. */
  summary: string;
  startsAt: Date;
  endsAt: Date;
  sequence: number;
  /** When it was made or last changed. */
  stamp: Date;
  cancelled: boolean;
  organiser: { name: string; email: string };
  /** What an invented town says after the summary (R104). */
  fictional: string | null;
};

export type CalendarFile = { method: 'PUBLISH' | 'CANCEL'; content: string };

/**
 * The calendar file of one appointment (line 3 of architecture.md): number, hours in UTC, the service as organiser; no name, no place, no
 * subject. Published, not requested: that takes no attendee (RFC 5546 §3.2.1), asks no answer, and leaves nobody's address in a calendar.
 * The same UID and a higher sequence move or cancel what a calendar already holds.
 */
export function calendarFile(appointment: Appointment): CalendarFile {
  const { sessionId, summary, startsAt, endsAt, sequence, stamp, cancelled, organiser, fictional } = appointment;
  const method = cancelled ? 'CANCEL' : 'PUBLISH';
  const calendar = ical({
    prodId: { company: 'passerelle', product: 'mediation', language: 'FR' },
    method: cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
  });
  calendar.createEvent({
    id: `${sessionId}@mediation`,
    sequence,
    stamp,
    start: startsAt,
    end: endsAt,
    summary: fictional ? `${summary} – ${fictional}` : summary,
    organizer: { name: organiser.name, email: organiser.email },
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  return { method, content: calendar.toString() };
}
