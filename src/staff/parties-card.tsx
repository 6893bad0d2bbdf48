import type { MessageKey, Translate } from '../i18n/catalogue.ts';
import { lacks } from '../parties/agreement-status.ts';
import type { PartyView } from '../parties/parties.query.ts';
import { Card, Lines } from '../ui/card.tsx';
import { StatusChip, type StatusKind } from '../ui/chips.tsx';
import { DefinitionList } from '../ui/definition-list.tsx';
import { reachOf } from './call-care.ts';
import type { CaseView } from './case-view.query.ts';
import { InvitationLink } from './invitation-link.tsx';
import { partyLines } from './party-lines.ts';
import { partyName } from './party-choice.tsx';

/** Who takes part, and what each agreed to (R29, F3): the card that says why a mediation may begin, or may not yet. */
export function PartiesCard({
  t,
  view,
  mayCorrect,
}: {
  t: Translate;
  view: CaseView;
  mayCorrect: readonly PartyView[];
}) {
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
          {isIncomplete(party) && <p>{t(`staff.lacks.${lacks(party) ?? party.side}`)}</p>}
          <DefinitionList items={partyLines(t, party)} />
          <Attempts t={t} party={party} />
          {mayCorrect.includes(party) && (
            <p>
              <a href={`/equipe/demandes/${view.id}/coordonnees?party=${party.id}`}>{t('staff.action.coordonnees')}</a>
            </p>
          )}
          {reachOf(view, party).precautions.includes('do_not_write') && <p class="hint">{t('staff.party.byHand')}</p>}
          {view.opinionsAsked.some(({ partyId, onPaper }) => partyId === party.id && onPaper) && (
            <p>
              <a href={`/equipe/demandes/${view.id}/papiers/avis/${party.id}`}>{t('evaluation.paper.print')}</a>
              {' · '}
              <a href="/equipe/avis-papier">{t('evaluation.paper.title')}</a>
            </p>
          )}
          <InvitationLink t={t} view={view} party={party} />
        </section>
      ))}
      {/* A mediation came to something: there is a paper to keep (R22). */}
      {view.news.results.length > 0 && (
        <p>
          <a href={`/equipe/demandes/${view.id}/papiers/accord`}>{t('staff.party.paper')}</a>
        </p>
      )}
    </Card>
  );
}

/** Said yes, and something is still lacking: no green sign before it is there (R11, R81). */
function isIncomplete(party: PartyView): boolean {
  return !party.ended && party.agreement === 'yes' && lacks(party) !== undefined;
}

function standingOf(t: Translate, party: PartyView): string {
  if (party.ended && party.endReason) return t(`staff.party.ended.${party.endReason}` as MessageKey);
  return t(isIncomplete(party) ? 'staff.agreement.incomplete' : `staff.agreement.${party.agreement}`);
}

function chipOf(party: PartyView): StatusKind {
  if (party.ended) return 'neutral';
  if (party.agreement === 'asked' || isIncomplete(party)) return 'waiting';
  return party.agreement === 'yes' ? 'done' : 'neutral';
}

/** Each try with its day and hour, and how many of the three and the letter have been made (R33). */
function Attempts({ t, party: { attempts } }: { t: Translate; party: PartyView }) {
  if (attempts.length === 0) return null;
  const spoken = attempts.filter(({ way }) => way !== 'letter');
  const days = new Set(spoken.map(({ at }) => t.shortDate(at)));
  return (
    <>
      <h4>
        {t('staff.attempts.title', { count: spoken.length, days: days.size, letters: attempts.length - spoken.length })}
      </h4>
      <Lines
        lines={attempts.map(({ at, way, reached, note }) =>
          [
            t.shortDateTime(at),
            t(`staff.way.${way}`),
            t(reached ? 'staff.attempts.reached' : 'staff.attempts.notReached'),
            note,
          ]
            .filter(Boolean)
            .join(' · '),
        )}
      />
    </>
  );
}
