import type { MessageKey, Translate } from '../i18n/catalogue.ts';
import { mailName } from './sent-mail.ts';

/** What is waited for, in words; a call says what it is about. Kinds come from src/deadlines/kinds.ts, whose every member has a label (a test compares them). */
export function waitName(t: Translate, { kind, reason }: { kind: string; reason: string | null }): string {
  const what = t(`staff.wait.${kind}` as MessageKey);
  const about = kind.startsWith('task_call_') ? mailName(t, reason) : undefined;
  return about
    ? t('staff.wait.about', { what, about: about.charAt(0).toLocaleLowerCase(t.tag) + about.slice(1) })
    : what;
}
