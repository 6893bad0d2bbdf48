import type { MessageKey, Translate } from '../i18n/catalogue.ts';
import { Card } from '../ui/card.tsx';
import { DefinitionList } from '../ui/definition-list.tsx';
import type { CourseView } from './course-view.query.ts';

/** The closing that waits for its leader, whole: nobody validates what they have not read. */
export function ProposalCard({ t, proposal }: { t: Translate; proposal: CourseView['proposal'] }) {
  if (!proposal) return null;
  return (
    <Card title={t('staff.proposal')}>
      <DefinitionList
        items={[
          { term: t('staff.field.outcome'), says: t(`staff.outcome.${proposal.outcome}` as MessageKey) },
          { term: t('staff.field.reason'), says: <span class="written">{proposal.reason}</span> },
          ...(proposal.target ? [{ term: t('staff.field.closingTarget'), says: proposal.target }] : []),
          {
            term: t('staff.proposal.by'),
            says: t('staff.proposal.who', { name: proposal.by, at: t.dateTime(proposal.at) }),
          },
        ]}
      />
    </Card>
  );
}
