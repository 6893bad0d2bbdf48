import type { Translate } from '../i18n/catalogue.ts';
import { ButtonLink, Buttons } from '../ui/button.tsx';
import { DeadlineChip } from '../ui/chips.tsx';
import { DataTable } from '../ui/data-table.tsx';
import type { TownView } from '../ui/town-view.ts';
import type { OwnReferral } from './own-referrals.query.ts';
import type { OwnRequests } from './own-requests.query.ts';
import { isWaiting } from './request-status.ts';
import { SignOut } from './request.page.tsx';
import { PartnerLayout } from './partner-layout.tsx';

/** Own requests, the open ones first, and own referrals with their closed answer (R46, R84). */
export function PartnerListPage({
  t,
  town,
  list,
  referrals,
}: {
  t: Translate;
  town: TownView;
  list: OwnRequests;
  referrals: readonly OwnReferral[];
}) {
  return (
    <PartnerLayout t={t} town={town} title={t('partners.list')}>
      <p class="above-title">{list.organisation}</p>
      <h1>{t('partners.list')}</h1>
      {list.requests.length === 0 ? (
        <p>{t('partners.list.empty')}</p>
      ) : (
        <DataTable
          id="requests"
          caption={t('partners.list')}
          columns={[{ label: t('partners.number') }, { label: t('partners.state') }, { label: t('partners.due') }]}
          rows={list.requests.map((request) => [
            <a class="nowrap" href={`/partenaire/demandes/${request.id}`}>
              {request.number}
            </a>,
            request.asksOpinion ? t('partners.state.asksOpinion') : t(`partners.state.${request.state}`),
            <DeadlineChip
              t={t}
              kind={isWaiting(request.state) && request.dueDay < list.today ? 'late' : 'neutral'}
              label={t.longDate(request.dueDay)}
              datetime={request.dueDay}
            />,
          ])}
        />
      )}
      <h2>{t('referrals.own')}</h2>
      {referrals.length > 0 && (
        <DataTable
          id="referrals"
          caption={t('referrals.own')}
          columns={[{ label: t('partners.number') }, { label: t('referrals.sent') }, { label: t('referrals.answer') }]}
          rows={referrals.map(({ number, level, referredAt, answer }) => [
            <>
              <span class="nowrap">{number}</span> · {t(`referrals.level.${level}`)}
            </>,
            t.shortDateTime(referredAt),
            t(`referrals.answer.${answer}`),
          ])}
        />
      )}
      <p class="hint">{t('referrals.closed')}</p>
      <Buttons>
        <ButtonLink href="/partenaire/saisir">{t('referrals.new')}</ButtonLink>
        <ButtonLink href="/partenaire/absence" kind="outline">
          {t('partners.absence')}
        </ButtonLink>
      </Buttons>
      <SignOut t={t} />
    </PartnerLayout>
  );
}
