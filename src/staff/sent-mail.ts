import type { MessageKey, Translate } from '../i18n/catalogue.ts';

const NAMED = new Set([
  'acknowledgement',
  'question',
  'question_reminder',
  'redirected',
  'closed',
  'code_replaced',
  'short_code',
  'danger_alert',
  'danger_waiting',
  'assignment',
  'day',
]);

/** What a mail of this template was for, in the words of the case page. */
export function mailName(t: Translate, template: unknown): string | undefined {
  // The set above is the list of these keys.
  return typeof template === 'string' && NAMED.has(template) ? t(`staff.sent.${template}` as MessageKey) : undefined;
}
