import type { Day } from '../calendar/day.ts';
import type { PartnerRequestState } from '../db/tables/partner.ts';
import { FIRST_LINES, OPINION_ITEMS, PARTNER_ITEMS, type PartnerItem } from './templates.ts';

/** A line as it was added to the mail of a day, with how its request stands when the mail leaves. */
export type WrittenLine<Number extends string> = {
  requestId: string;
  number: Number;
  pointer: string;
  template: string;
  state: PartnerRequestState;
  /** The day the answer is due. */
  requestDue: Day;
  /** The day the line itself speaks of: an action, the end of a questionnaire. */
  lineDue: Day | null;
};
export type SaidLine<Number extends string> = {
  number: Number;
  pointer: string;
  item: PartnerItem;
  dueDay: Day;
};

const isIn = (list: readonly PartnerItem[], item: PartnerItem) => list.includes(item);
const LATE: readonly PartnerItem[] = ['partner_late', 'partner_very_late'];

/**
 * What a mail says on the day it leaves, which may be later than the day it was written for: one line a request, the strongest that is true
 * today. An answer that was given, a day that has moved and a receipt that was acknowledged are not spoken of.
 */
export function partnerLines<Number extends string>(
  lines: readonly WrittenLine<Number>[],
  today: Day,
): SaidLine<Number>[] {
  const strongest = new Map<string, SaidLine<Number>>();
  for (const line of lines) {
    const item = itemToday(line, today);
    if (!item) continue;
    const own = isIn(OPINION_ITEMS, item) || item === 'partner_action';
    const known = strongest.get(line.requestId);
    if (known && PARTNER_ITEMS.indexOf(known.item) >= PARTNER_ITEMS.indexOf(item) && !isIn(FIRST_LINES, item)) continue;
    if (known && isIn(FIRST_LINES, known.item)) continue;
    strongest.set(line.requestId, {
      number: line.number,
      pointer: line.pointer,
      item,
      dueDay: own ? (line.lineDue ?? line.requestDue) : line.requestDue,
    });
  }
  // Answers that are due come before opinions.
  return [...strongest.values()].toSorted(
    (one, other) => Number(isIn(OPINION_ITEMS, one.item)) - Number(isIn(OPINION_ITEMS, other.item)),
  );
}

function itemToday({ template, state, requestDue }: WrittenLine<string>, today: Day): PartnerItem | undefined {
  const item = PARTNER_ITEMS.find((known) => known === template);
  if (!item || isIn(OPINION_ITEMS, item)) return item;
  if (item === 'partner_action') return state === 'in_hand' ? item : undefined;
  if (state !== 'sent' && state !== 'acknowledged') return undefined;
  if (isIn(FIRST_LINES, item)) return item;
  if (requestDue < today) return item === 'partner_very_late' ? item : 'partner_late';
  // It was late before the organisation was given more time.
  if (isIn(LATE, item)) return undefined;
  if (item === 'partner_received' && state !== 'sent') return undefined;
  if (requestDue === today) return 'partner_today';
  return item === 'partner_today' ? 'partner_reminder' : item;
}
