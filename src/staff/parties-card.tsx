import type { MessageKey, Translate } from '../i18n/catalogue.ts';
import type { PartyView } from '../parties/parties.query.ts';
import { Card } from '../ui/card.tsx';
import { StatusChip, type StatusKind } from '../ui/chips.tsx';
import { DefinitionList } from '../ui/definition-list.tsx';
import type { CaseView } from './case-view.query.ts';
import { partyName } from './party-choice.tsx';
import { readableEmail } from './readable-email.ts';
import { readablePhone } from './readable-phone.ts';

/** Who takes part, and what each agreed to (R29, F3): the card that says why a mediation may begin, or may not yet. */
export function PartiesCard({ t, view }: { t: Translate; view: CaseView }) {
  return (
    <Card title={t('staff.party.title')}>
      {view.parties.map((party) => (
        <section class="party">
          <h3>{partyName(t, party, view.identity.firstName)}</h3>
          <p class="case-chips">
            <StatusChip kind={chipOf(party)}>{standingOf(t, party)}</StatusChip>
            <StatusChip>{t(`staff.partyKind.${party.kind}`)}</StatusChip>
            {party.minor && <StatusChip kind="waiting">{t('staff.chip.minor')}</StatusChip>}
            {party.interpreter && <StatusChip>{t('staff.chip.interpreter')}</StatusChip>}
          </p>
          <DefinitionList items={linesOf(t, party)} />
          {view.opinionsAsked.some(({ partyId, onPaper }) => partyId === party.id && onPaper) && (
            <p>
              <a href={`/equipe/demandes/${view.id}/papiers/avis/${party.id}`}>{t('evaluation.paper.print')}</a>
              {' · '}
              <a href="/equipe/avis-papier">{t('evaluation.paper.title')}</a>
            </p>
          )}
          {party.side === 'other' && !party.ended && (
            <p>
              <a href={`/equipe/demandes/${view.id}/papiers/${party.id}`}>{t('staff.party.letter')}</a>
            </p>
          )}
        </section>
      ))}
    </Card>
  );
}

function standingOf(t: Translate, party: PartyView): string {
  if (party.ended && party.endReason) return t(`staff.party.ended.${party.endReason}` as MessageKey);
  return t(`staff.agreement.${party.agreement}`);
}

function chipOf(party: PartyView): StatusKind {
  if (party.agreement === 'yes' && party.takesPart && !party.ended) return 'done';
  return party.agreement === 'asked' && !party.ended ? 'waiting' : 'neutral';
}

function linesOf(t: Translate, party: PartyView): { term: string; says: string }[] {
  const given = party.given.filter((item) => item !== 'share').map((item) => t(`staff.item.${item}`));
  const lines: [string, string | undefined][] = [
    [t('staff.party.given'), given.length > 0 ? given.join(', ') : undefined],
    [t('staff.party.maySay'), party.maySay],
    ...party.shares.map(({ organisation, what, purpose }): [string, string | undefined] => [
      t('staff.party.share', { organisation }),
      [what, purpose].filter(Boolean).join(', '),
    ]),
    [t('staff.case.phone'), party.phone && readablePhone(party.phone)],
    [t('staff.case.email'), party.email && readableEmail(party.email)],
    [t('staff.case.post'), party.postalAddress],
    [t('staff.field.representative'), party.representative],
    [t('staff.field.legalRepresentativeName'), party.legalRepresentative],
    [t('staff.case.care'), careOf(t, party)],
    [t('staff.party.notice'), noticeOf(t, party)],
  ];
  return lines.flatMap(([term, says]) => (says ? [{ term, says }] : []));
}

function careOf(t: Translate, party: PartyView): string | undefined {
  const said = party.precautions.map((code) => t(`request.precaution.${code}` as MessageKey));
  return [...said, party.contactHours].filter(Boolean).join(', ') || undefined;
}

/** Art. 14: told, or still to be told (R77). */
function noticeOf(t: Translate, party: PartyView): string | undefined {
  if (party.side === 'requester') return undefined;
  return party.informedAt
    ? t('staff.party.informed', { date: t.longDate(party.informedAt) })
    : t('staff.party.notInformed');
}
