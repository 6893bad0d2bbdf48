import type { Translate } from '../i18n/catalogue.ts';
import type { PartyView } from '../parties/parties.query.ts';
import { type LetterBar, whyNoLetter } from '../parties/may-invite.ts';
import type { CaseView } from './case-view.query.ts';

/** The letter, or why there is none for this party now (R33, R81, R85, R98). */
export function InvitationLink({ t, view, party }: { t: Translate; view: CaseView; party: PartyView }) {
  if (party.side === 'requester' || party.ended) return null;
  const bar: LetterBar | undefined = whyNoLetter(view, party);
  if (bar) return <p class="hint">{t(`staff.party.noLetter.${bar}`)}</p>;
  return (
    <p>
      <a href={`/equipe/demandes/${view.id}/papiers/${party.id}`}>
        {t(party.minor ? 'staff.party.letterToRepresentative' : 'staff.party.letter')}
      </a>
    </p>
  );
}
