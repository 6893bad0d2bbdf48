import { z } from 'zod';
import { addParty, type NewParty, PARTY_KINDS } from '../parties/add-party.command.ts';
import { correctParty } from '../parties/correct-party.command.ts';
import { informParty } from '../parties/party-acts.command.ts';
import { writeToParty } from '../parties/write-to-party.command.ts';
import { LANGUAGES, PRECAUTIONS, WAYS } from '../requests/request-choices.ts';
import { normaliseEmail, normalisePhone } from '../privacy/contact.ts';
import {
  act,
  line,
  longText,
  optionalCode,
  optionalLine,
  optionalText,
  optionalUuid,
  present,
  someOf,
  ticked,
  uuid,
} from './act.form.ts';

export const INFORMED_HOW = ['letter', 'oral', 'email', 'exempted'] as const;
export { LANGUAGES, PARTY_KINDS, PRECAUTIONS, WAYS };

export const optionalPhone = optionalLine.transform((typed, context) => {
  if (!typed) return undefined;
  const phone = normalisePhone(typed);
  if (phone.ok) return phone.value;
  context.addIssue('missing');
  return z.NEVER;
});
export const optionalEmail = optionalLine.transform((typed, context) => {
  if (!typed) return undefined;
  const email = normaliseEmail(typed);
  if (email.ok) return email.value;
  context.addIssue('missing');
  return z.NEVER;
});

const PARTY_FIELD_NAMES = ['kind', 'organisation', 'name', 'phone', 'email', 'postalAddress', 'contactHours', 'representative', 'legalRepresentativeName', 'spokenLanguage', 'interpreter', 'minor']; // prettier-ignore
const PartyFields = z
  .object({
    kind: z.enum(PARTY_KINDS, 'missing'),
    organisation: optionalUuid,
    name: line,
    phone: optionalPhone,
    email: optionalEmail,
    postalAddress: optionalLine,
    contactHours: optionalLine,
    representative: optionalLine,
    legalRepresentativeName: optionalLine,
    spokenLanguage: optionalCode(LANGUAGES),
    interpreter: ticked,
    minor: ticked,
    contactWays: someOf(WAYS),
    precautions: someOf(PRECAUTIONS),
  })
  .refine(({ contactWays, email }) => !contactWays?.includes('email') || email, {
    path: ['email'],
    error: 'missing',
  });

function partyOf(caseId: string, value: z.output<typeof PartyFields>): NewParty {
  return {
    caseId,
    kind: value.kind,
    name: value.name,
    interpreter: value.interpreter,
    minor: value.minor,
    contactWays: value.contactWays ?? [],
    precautions: value.precautions ?? [],
    ...present({
      organisationId: value.organisation,
      phone: value.phone,
      email: value.email,
      postalAddress: value.postalAddress,
      contactHours: value.contactHours,
      representative: value.representative,
      legalRepresentative: value.legalRepresentativeName,
      spokenLanguage: value.spokenLanguage,
    }),
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
    ['contactWays', 'precautions'],
  ),
  coordonnees: act(
    ['party', ...PARTY_FIELD_NAMES],
    PartyFields.and(z.object({ party: uuid })),
    (ctx, by, caseId, { party, ...value }) => correctParty(ctx, by, { ...partyOf(caseId, value), partyId: party }),
    ['contactWays', 'precautions'],
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
