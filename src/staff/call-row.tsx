import type { WaitingCall } from '../calls/calls-to-make.query.ts';
import type { MessageKey, Translate } from '../i18n/catalogue.ts';
import { StatusChip } from '../ui/chips.tsx';
import type { WorklistRow } from '../ui/worklist-table.tsx';

/** A call with an interpreter among what there is to do: the language, and nothing of the person. */
export function callRow(t: Translate, call: WaitingCall, today: string, late: boolean): WorklistRow {
  return {
    due: {
      kind: late ? 'late' : call.dueDay === today ? 'tonight' : 'neutral',
      label: t.shortDate(call.dueDay),
      datetime: call.dueDay,
    },
    task: { label: t('staff.calls.task'), href: '/equipe/appels' },
    about: t(`request.language.${call.language}` as MessageKey),
    chip: call.doubtful ? <StatusChip>{t('staff.chip.doubtful')}</StatusChip> : undefined,
    waitingFor: { you: true },
    since: t('staff.since', { date: t.shortDate(call.askedAt) }),
    otherwise: t('staff.calls.otherwise'),
  };
}
