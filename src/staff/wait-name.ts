import type { MessageKey, Translate } from '../i18n/catalogue.ts';
import type { CaseView } from './case-view.query.ts';
import type { CaseWait } from './case-waits.query.ts';
import { CALLING, callCare, reachOf } from './call-care.ts';
import { partyName } from './party-choice.tsx';
import { mailName } from './sent-mail.ts';

/** What is waited for, in words; a call says what it is about, a request whom it went to, a check why it is made. Kinds come from src/deadlines/kinds.ts, whose every member has a label (a test compares them). */
export function waitName(
  t: Translate,
  { kind, reason, organisation }: { kind: string; reason: string | null; organisation?: string | null },
): string {
  const what = t(`staff.wait.${kind}` as MessageKey);
  if (organisation) return t('staff.wait.about', { what, about: organisation });
  if (kind === 'task_safety_check' && reason)
    return t('staff.wait.about', { what, about: t(`staff.safety.${reason}` as MessageKey) });
  const about = kind.startsWith('task_call_') ? mailName(t, reason) : undefined;
  return about
    ? t('staff.wait.about', { what, about: about.charAt(0).toLocaleLowerCase(t.tag) + about.slice(1) })
    : what;
}

/**
 * The same on the page of its case, where people have names: a message says whose it is, and the call to somebody under eighteen what may be done
 * (R81), and a call how that person asked to be called, with the hours (R98).
 */
export function waitNameOn(t: Translate, view: CaseView, wait: CaseWait): string {
  const party = view.parties.find(({ id, side }) => (wait.partyId ? id === wait.partyId : side === 'requester'));
  const care = CALLING.includes(wait.kind) && party ? callCare(t, reachOf(view, party)) : undefined;
  const what = [waitName(t, wait), care].filter(Boolean).join(' · ');
  if (wait.kind.startsWith('task_call_') && party?.minor) return t('staff.wait.minor', { what });
  if (wait.kind !== 'task_read_message' || !party) return what;
  return t('staff.wait.task_read_message.party', { who: partyName(t, party, view.identity.firstName) });
}
