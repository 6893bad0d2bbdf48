import type { Translate } from '../i18n/catalogue.ts';
import type { PartyView } from '../parties/parties.query.ts';
import { Choice } from '../ui/choice.tsx';
import { type ActionPageProps, typedOf } from './act-fields.tsx';

/** How a party is called on the team's pages: its name, or the side it stands on. */
export function partyName(t: Translate, party: Pick<PartyView, 'side' | 'name'>, requester: string): string {
  if (party.side === 'requester')
    return requester ? t('staff.party.requester', { name: requester }) : t('staff.for.requester');
  return party.name ?? t('staff.for.party');
}

/** The parties of a case by their ids. */
export function nameIn(t: Translate, view: ActionPageProps['view']): (partyId: string) => string {
  return (partyId) => {
    const party = view.parties.find(({ id }) => id === partyId);
    return party ? partyName(t, party, view.identity.firstName) : '';
  };
}

/** Which party an act is about. One that stands alone is chosen already. */
export function PartyChoice({
  of,
  among,
  optional,
  label,
  hint,
}: {
  of: ActionPageProps;
  among: readonly PartyView[];
  optional?: boolean;
  label?: string;
  hint?: string;
}) {
  const { t, chosen, field } = typedOf(of);
  // The command says no to a party that does not fit; a question without an answer to choose helps nobody.
  const possible = among.length > 0 ? among : of.view.parties;
  const only = among.length === 1 && !optional ? among.map(({ id }) => id) : undefined;
  return (
    <Choice
      {...field('party')}
      kind="radio"
      label={label ?? t('staff.field.party')}
      hint={hint}
      optional={optional}
      chosen={only ?? chosen('party')}
      options={possible.map((party) => ({
        value: party.id,
        label: partyName(t, party, of.view.identity.firstName),
        hint: t(`staff.agreement.${party.agreement}`),
      }))}
    />
  );
}
