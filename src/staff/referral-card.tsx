import type { Child } from 'hono/jsx';
import type { MessageKey, Translate } from '../i18n/catalogue.ts';
import type { ReferralView } from '../partners/case-referral.query.ts';
import { Card } from '../ui/card.tsx';
import { DefinitionList } from '../ui/definition-list.tsx';
import { readablePhone } from './readable-phone.ts';

/** Who referred the case, how far they may name people, what they did, expect and offer (F2). */
export function ReferralCard({ t, referral }: { t: Translate; referral: ReferralView | undefined }) {
  if (!referral) return null;
  const codes = (room: string, known: readonly string[]) =>
    known.map((code) => t(`referrals.${room}.${code}` as MessageKey)).join(', ');
  const items: [MessageKey, Child | undefined][] = [
    ['referrals.case.from', [referral.organisation, referral.agent, referral.agentRole].filter(Boolean).join(', ')],
    ['referrals.agent_phone', readablePhone(referral.agentPhone)],
    ['referrals.case.level', t(`referrals.level.${referral.level}`)],
    ['referrals.case.agreed', referral.agreedOn && t.longDate(referral.agreedOn)],
    ['referrals.urgency_reason', referral.urgencyReason],
    ['referrals.done_before', codes('done', referral.doneBefore)],
    ['referrals.done_on', referral.doneOn && t.longDate(referral.doneOn)],
    ['referrals.expected', codes('expected', referral.expected)],
    ['referrals.offered', codes('offered', referral.offered)],
    ['referrals.visit_risks', codes('risk', referral.visitRisks)],
  ];
  return (
    <Card title={t('referrals.case')}>
      <DefinitionList items={items.flatMap(([term, says]) => (says ? [{ term: t(term), says }] : []))} />
      {referral.willTakePart && <p>{t('partners.willTakePart')}</p>}
    </Card>
  );
}
