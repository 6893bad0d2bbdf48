import type { MessageKey, Translate } from '../i18n/catalogue.ts';
import type { PartyShare, PartyView } from '../parties/parties.query.ts';
import { readableEmail } from './readable-email.ts';
import { readablePhone } from './readable-phone.ts';

type Line = [term: string, says: string | undefined];

/** What a party said, how and when it said so, how to reach it, and what it was told: only what there is. */
export function partyLines(t: Translate, party: PartyView): { term: string; says: string }[] {
  const lines: Line[] = [
    ...saidLines(t, party),
    ...answerLines(t, party),
    ...contactLines(t, party),
    noticeLine(t, party),
  ];
  return lines.flatMap(([term, says]) => (says ? [{ term, says }] : []));
}

/** The five items of F3. */
function saidLines(t: Translate, party: PartyView): Line[] {
  const given = party.given.filter((item) => item !== 'share').map((item) => t(`staff.item.${item}`));
  return [
    [t('staff.party.given'), given.join(', ')],
    [t('staff.party.maySay'), party.maySay],
    ...party.shares.map((share): Line => [
      t('staff.party.share', { organisation: share.organisation }),
      shareOf(t, share),
    ]),
  ];
}

function shareOf(t: Translate, { what, purpose, addedAt, mode }: PartyShare): string {
  return [what, purpose, addedAt && t.longDate(addedAt), mode && t(`staff.mode.${mode}`)].filter(Boolean).join(', ');
}

/** F3 `mode`, `date_heure`, `langue`, `interprete_ref`, `explications_données`, `representant`, `representant_legal`, copy. */
function answerLines(t: Translate, party: PartyView): Line[] {
  const { details } = party;
  if (!details) return [];
  // A silence has a day too, and is no answer.
  const said = party.agreement !== 'no_answer' && party.agreement !== 'asked';
  const when = said && party.answeredAt && t.shortDateTime(party.answeredAt);
  return [
    [t('staff.party.answered'), [when, said && party.mode && t(`staff.mode.${party.mode}`)].filter(Boolean).join(', ')],
    [t('staff.field.language'), details.language ? t(`request.language.${details.language}` as MessageKey) : undefined],
    [t('staff.field.interpreterRef'), details.interpreterRef],
    [
      t('staff.field.explained'),
      details.explained.map((what) => t(`staff.explained.${what}` as MessageKey)).join(', ') || undefined,
    ],
    [t('staff.party.mandate'), party.mandate ? (details.representative ?? t('staff.says.yes')) : undefined],
    [
      t('staff.party.legalRepresentative'),
      party.legalRepresentativeAgreed ? (details.legalRepresentative ?? t('staff.says.yes')) : undefined,
    ],
    [
      t('staff.party.copy'),
      party.agreement === 'yes' ? t(details.copyGiven ? 'staff.says.yes' : 'staff.says.no') : undefined,
    ],
  ];
}

function contactLines(t: Translate, party: PartyView): Line[] {
  return [
    [t('staff.case.phone'), party.phone && readablePhone(party.phone)],
    [t('staff.case.email'), party.email && readableEmail(party.email)],
    [t('staff.case.post'), party.postalAddress],
    [
      t('staff.case.language'),
      party.spokenLanguage ? t(`request.language.${party.spokenLanguage}` as MessageKey) : undefined,
    ],
    [t('staff.field.representative'), party.representative],
    [t('staff.field.legalRepresentativeName'), party.legalRepresentative],
    [t('staff.case.care'), careOf(t, party)],
  ];
}

function careOf(t: Translate, party: PartyView): string | undefined {
  const said = party.precautions.map((code) => t(`request.precaution.${code}` as MessageKey));
  return [...said, party.contactHours].filter(Boolean).join(', ') || undefined;
}

/** Art. 14: told when and how, left uninformed by the leader and why, or still to be told (R77). */
function noticeLine(t: Translate, party: PartyView): Line {
  return [t('staff.party.notice'), noticeOf(t, party)];
}

function noticeOf(t: Translate, { side, informedAt, informedHow, exemptionReason }: PartyView): string | undefined {
  if (side === 'requester') return undefined;
  if (!informedAt) return t('staff.party.notInformed');
  const date = t.longDate(informedAt);
  if (informedHow === 'exempted') return t('staff.party.exempted', { date, reason: exemptionReason ?? '' });
  return t('staff.party.informed', {
    date,
    how: informedHow ? t(`staff.informed.${informedHow}`).toLocaleLowerCase(t.tag) : '',
  });
}
