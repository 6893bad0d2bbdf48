import type { WorkSide } from '../evaluation/work-waits.ts';
import type { SessionView } from '../sessions/sessions.query.ts';
import { holdsData, isActive } from '../cases/case-status.ts';
import type { PartyView } from '../parties/parties.query.ts';
import { mayBecome } from '../rights/rights-status.ts';
import type { ToldText } from '../cases/masked-texts.ts';
import type { CaseMessage } from './case-messages.query.ts';
import type { CaseView } from './case-view.query.ts';
import type { CaseWait } from './case-waits.query.ts';

// What an act of a case can be about: its fields choose among these, and without any it is not offered.

/** The columns of F9 this person may write and that are not written yet. */
export function columnsToWrite({ work }: CaseView): WorkSide[] {
  return work.mine.filter((side) => !work.columns.some((column) => column.side === side));
}

/** The sessions still planned; `begun`: those whose hour has come, which alone were held or missed. */
export function plannedSessions(view: CaseView, begun: boolean): SessionView[] {
  return view.meetings.sessions.filter(
    ({ state, startsAt }) => state === 'planned' && (!begun || startsAt <= view.now),
  );
}

/**
 * The uncertain mails that may leave again from this case. The gathered mail of a day is none of them: it speaks of other cases too,
 * and its lines are old by now; its task is only finished.
 */
export function mailsToResend(view: CaseView): (CaseWait & { mailId: string })[] {
  return view.waits.flatMap((wait) =>
    wait.kind === 'task_mail_uncertain' && wait.mailId ? [{ ...wait, mailId: wait.mailId }] : [],
  );
}

/** What a person may say is done, a leader's decisions only who leads; « clore ou prolonger » is answered by closing or by prolonging only. */
export function tasksToFinish(view: CaseView): CaseWait[] {
  return view.waits.filter(
    ({ kind, waitsFor }) =>
      kind.startsWith('task_') &&
      kind !== 'task_close_or_extend' &&
      (view.led || (waitsFor !== 'leader' && waitsFor !== 'deputy')),
  );
}

/** Whose contact may be put right: who takes part in a case that goes on; afterwards whoever asks for it (R82). */
export function correctableParties(view: CaseView, side: PartyView['side']): PartyView[] {
  const asks = openRights(view).filter(({ right }) => right === 'correct');
  return view.parties.filter(
    (party) =>
      party.side === side &&
      ((isActive(view.state) && !party.ended) || asks.some(({ partyId }) => partyId === party.id)),
  );
}

/** Who may be handed a new code: as long as anything is kept of them. */
export function codeHolders(view: CaseView): PartyView[] {
  return holdsData(view.state) ? view.parties.filter(({ erased }) => !erased) : [];
}

/** What people ask about the data kept on them, and that waits for its answer. */
export function openRights({ rights }: CaseView): CaseView['rights'] {
  return rights.filter(({ isOpen }) => isOpen);
}

/** Those whose answer may still be put off: once, and within the month (GDPR art. 12.3). */
export function rightsToExtend(view: CaseView): CaseView['rights'] {
  return openRights(view).filter(({ state, dueDay }) => mayBecome(state, 'extended') && view.today <= dueDay);
}

/** A text of a case that somebody told or wrote, as the act that masks a passage names it (R79). */
export type MaskableText = { value: string; told: ToldText } | { value: string; message: CaseMessage };

/** What people told and wrote; what the team wrote is not masked. */
export function maskableTexts(view: CaseView): MaskableText[] {
  const texts: Record<ToldText, string | undefined> = {
    story: view.story,
    place_text: view.placeText,
    hopes_text: view.situation.hopesText,
    service_text: view.situation.service.text,
  };
  // The keys of the record above.
  const told = (Object.keys(texts) as ToldText[]).filter((one) => texts[one]);
  const written = view.messages.filter(({ fromTeam, text }) => !fromTeam && text);
  return [
    ...told.map((one) => ({ value: one, told: one })),
    ...written.map((message) => ({ value: message.id, message })),
  ];
}
