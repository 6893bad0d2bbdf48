import type { MessageKey, Translate } from '../i18n/catalogue.ts';
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
