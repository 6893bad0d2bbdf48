import type { MessageKey, Translate } from '../i18n/catalogue.ts';
import { ALERTS, PARTNER_ITEMS, REQUESTER_TEMPLATES } from '../mail/templates.ts';

/** Every mail of a case by its template; a test compares them with the catalogue. */
export const NAMED: ReadonlySet<string> = new Set([
  ...REQUESTER_TEMPLATES,
  ...PARTNER_ITEMS,
  'short_code',
  // No mail: what somebody is to be called about.
  'interpreter',
  ...ALERTS,
  'assignment',
  'day',
  'partner_day',
  'partner_code',
]);

/** What a mail of this template was for, in the words of the case page. */
export function mailName(t: Translate, template: unknown): string | undefined {
  // The set above is the list of these keys.
  return typeof template === 'string' && NAMED.has(template) ? t(`staff.sent.${template}` as MessageKey) : undefined;
}
