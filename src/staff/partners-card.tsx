import type { Translate } from '../i18n/catalogue.ts';
import { isWaiting } from '../partners/request-status.ts';
import type { RequestView } from '../partners/case-requests.query.ts';
import { Card } from '../ui/card.tsx';
import { DeadlineChip, StatusChip } from '../ui/chips.tsx';

/** Who was asked, until when, what was said (R20, R61). */
export function PartnersCard({
  t,
  requests,
  today,
}: {
  t: Translate;
  requests: readonly RequestView[];
  today: string;
}) {
  if (requests.length === 0) return null;
  return (
    <Card title={t('staff.partners.title')}>
      {requests.map((request) => (
        <section class="party">
          <h3>{request.organisation}</h3>
          <p class="case-chips">
            <StatusChip kind={isWaiting(request.state) ? 'waiting' : 'neutral'}>
              {t(`staff.request.${request.state}`)}
            </StatusChip>
            {request.silent && isWaiting(request.state) && (
              <StatusChip kind="neutral">{t('staff.partners.silent')}</StatusChip>
            )}
            {isWaiting(request.state) && (
              <DeadlineChip
                t={t}
                kind={request.dueDay < today ? 'late' : 'neutral'}
                label={t.longDate(request.dueDay)}
                datetime={request.dueDay}
              />
            )}
          </p>
          {request.actionDue && <p>{t('staff.partners.actionDue', { day: t.longDate(request.actionDue) })}</p>}
          <p class="written">{request.question}</p>
          {request.answers.map(({ reply, at, actionOn, comment, referTo, byPhone, willTakePart, followUpContact }) => (
            <p class="written">
              {[
                t.shortDateTime(at),
                t(`partners.reply.${reply}`),
                byPhone && t('staff.partners.byPhone'),
                actionOn && t.longDate(actionOn),
                referTo,
                willTakePart && t('staff.partners.willTakePart'),
                followUpContact && `${t('partners.followUpContact')} : ${followUpContact}`,
                comment,
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          ))}
          {request.informed.map(({ at, said }) => (
            <p class="written">{[t.shortDateTime(at), t('staff.partners.informed'), said].join(' · ')}</p>
          ))}
        </section>
      ))}
    </Card>
  );
}
