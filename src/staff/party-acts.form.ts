import { z } from 'zod';
import { addParty, type NewParty, PARTY_KINDS } from '../parties/add-party.command.ts';
import { correctParty } from '../parties/correct-party.command.ts';
import { informParty } from '../parties/party-acts.command.ts';
import { writeToParty } from '../parties/write-to-party.command.ts';
import {
  act,
  line,
  longText,
  optionalLine,
  optionalText,
  optionalUuid,
  present,
  seen,
  ticked,
  uuid,
} from './act.form.ts';
import {
  ADDRESS_MISSING,
  canBeReached,
  CONTACT_FIELDS,
  CONTACT_LISTS,
  contactOf,
  contactShape,
  hasItsAddress,
  WRITTEN_ONLY,
} from './contact.form.ts';

export const INFORMED_HOW = ['letter', 'oral', 'email', 'exempted'] as const;
export { PARTY_KINDS };

const PARTY_FIELD_NAMES = ['kind', 'organisation', 'name', 'representative', 'legalRepresentativeName', 'minor', ...CONTACT_FIELDS]; // prettier-ignore
const PartyFields = z
  .object({
    kind: z.enum(PARTY_KINDS, 'missing'),
    organisation: optionalUuid,
    name: line,
    representative: optionalLine,
    legalRepresentativeName: optionalLine,
    minor: ticked,
    ...contactShape,
  })
  .refine(hasItsAddress, ADDRESS_MISSING)
  .refine(canBeReached, WRITTEN_ONLY);

function partyOf(caseId: string, value: z.output<typeof PartyFields>): NewParty {
  const { kind, name, minor, organisation, representative, legalRepresentativeName } = value;
  return {
    caseId,
    kind,
    name,
    minor,
    ...contactOf(value),
    ...present({ organisationId: organisation, representative, legalRepresentative: legalRepresentativeName }),
  };
}

/** Who the other side is, what it is told, what the team writes to each. */
export const PARTY_ACTS = {
  ecrire: act(
    ['party', 'message'],
    z.object({ party: uuid, message: longText }),
    (ctx, by, caseId, { party, message }) => writeToParty(ctx, by, { caseId, partyId: party, message }),
  ),
  partie: act(
    PARTY_FIELD_NAMES,
    PartyFields,
    (ctx, by, caseId, value) => addParty(ctx, by, partyOf(caseId, value)).then(() => undefined),
    CONTACT_LISTS,
  ),
  coordonnees: act(
    ['party', ...PARTY_FIELD_NAMES],
    PartyFields.and(z.object({ party: uuid, seen })),
    (ctx, by, caseId, { party, seen: known, ...value }) =>
      correctParty(ctx, by, { ...partyOf(caseId, value), partyId: party, seen: known }),
    CONTACT_LISTS,
  ),
  informer: act(
    ['party', 'how', 'reason'],
    z
      .object({ party: uuid, how: z.enum(INFORMED_HOW, 'missing'), reason: optionalText })
      .refine(({ how, reason }) => how !== 'exempted' || reason, { path: ['reason'], error: 'missing' }),
    (ctx, by, caseId, { party, how, reason }) =>
      informParty(ctx, by, { caseId, partyId: party, how, ...present({ reason }) }),
  ),
};
