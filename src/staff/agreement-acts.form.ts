import { z } from 'zod';
import { beginMediation, beginSupport, gatherAgain } from '../cases/mediate.command.ts';
import { addParty, PARTY_KINDS } from '../parties/add-party.command.ts';
import { allowShare } from '../parties/allow-share.command.ts';
import { askForAgreement, informParty, noteNoAnswer, withdrawForParty } from '../parties/party-acts.command.ts';
import { beginAgreements, recordAgreement } from '../parties/record-agreement.command.ts';
import { EXPLANATIONS } from '../parties/write-agreement.ts';
import { LANGUAGES, PRECAUTIONS, WAYS } from '../requests/request.form.ts';
import { normaliseEmail, normalisePhone } from '../privacy/contact.ts';
import { act, line, nothing, optionalLine, optionalText, ticked, uuid, yesNo } from './act.form.ts';

export const AGREEMENT_MODES = ['oral', 'written'] as const;
export const INFORMED_HOW = ['letter', 'oral', 'email', 'exempted'] as const;
export const WITHDRAWN_WAYS = ['phone', 'oral', 'written'] as const;
export { EXPLANATIONS, LANGUAGES, PARTY_KINDS, PRECAUTIONS, WAYS };

const someOf = <T extends readonly string[]>(known: T) => z.array(z.enum(known, 'missing'), 'missing').optional();
const optionalUuid = uuid
  .or(z.literal(''))
  .optional()
  .transform((id) => id || undefined);
const optionalPhone = optionalLine.transform((typed, context) => {
  if (!typed) return undefined;
  const phone = normalisePhone(typed);
  if (phone.ok) return phone.value;
  context.addIssue('missing');
  return z.NEVER;
});
const optionalEmail = optionalLine.transform((typed, context) => {
  if (!typed) return undefined;
  const email = normaliseEmail(typed);
  if (email.ok) return email.value;
  context.addIssue('missing');
  return z.NEVER;
});
const said = (text: string) => text || undefined;

/** Gathering each party's free agreement (F3), from the first contact to the mediation. */
export const AGREEMENT_ACTS = {
  accord: act(
    ['party', 'takePart', 'contactOther', 'maySay', 'recontact', 'shareWith', 'shareWhat', 'shareFor', 'keepShares', 'mode', 'language', 'interpreterRef', 'mandate', 'legalRepresentative', 'copyGiven'], // prettier-ignore
    z
      .object({
        party: uuid,
        takePart: yesNo,
        contactOther: ticked,
        maySay: optionalText,
        recontact: ticked,
        shareWith: optionalUuid,
        shareWhat: optionalLine,
        shareFor: optionalLine,
        keepShares: ticked,
        explained: someOf(EXPLANATIONS),
        mode: z.enum(AGREEMENT_MODES, 'missing'),
        language: z.enum(LANGUAGES, 'missing'),
        interpreterRef: optionalLine,
        mandate: ticked,
        legalRepresentative: ticked,
        copyGiven: ticked,
      })
      .refine(({ shareWith, shareWhat }) => !shareWith || shareWhat, { path: ['shareWhat'], error: 'missing' })
      .refine(({ shareWith, shareFor }) => !shareWith || shareFor, { path: ['shareFor'], error: 'missing' }),
    (ctx, by, caseId, value) =>
      recordAgreement(ctx, by, {
        caseId,
        partyId: value.party,
        takePart: value.takePart,
        contactOther: value.contactOther,
        recontact: value.recontact,
        keepShares: value.keepShares,
        explained: value.explained ?? [],
        mode: value.mode,
        language: value.language,
        mandate: value.mandate,
        legalRepresentativeAgreed: value.legalRepresentative,
        copyGiven: value.copyGiven,
        ...(value.maySay ? { maySay: value.maySay } : {}),
        ...(value.interpreterRef ? { interpreterRef: value.interpreterRef } : {}),
        ...(value.shareWith
          ? { shares: [{ organisationId: value.shareWith, what: value.shareWhat, purpose: value.shareFor }] }
          : {}),
      }),
    ['explained'],
  ),
  partager: act(
    ['party', 'shareWith', 'shareWhat', 'shareFor'],
    z.object({ party: uuid, shareWith: uuid, shareWhat: line, shareFor: line }),
    (ctx, by, caseId, { party, shareWith, shareWhat, shareFor }) =>
      allowShare(ctx, by, {
        caseId,
        partyId: party,
        share: { organisationId: shareWith, what: shareWhat, purpose: shareFor },
      }),
  ),
  'demander-accord': act(
    ['party', 'cameBack'],
    z.object({ party: uuid, cameBack: ticked }),
    (ctx, by, caseId, { party, cameBack }) => askForAgreement(ctx, by, { caseId, partyId: party, cameBack }),
  ),
  'ouvrir-accords': act([], nothing, (ctx, by, caseId) => beginAgreements(ctx, by, caseId)),
  partie: act(
    ['kind', 'organisation', 'name', 'phone', 'email', 'postalAddress', 'contactHours', 'representative', 'legalRepresentativeName', 'spokenLanguage', 'interpreter', 'minor'], // prettier-ignore
    z
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
        spokenLanguage: z.enum(LANGUAGES).or(z.literal('')).optional(),
        interpreter: ticked,
        minor: ticked,
        contactWays: someOf(WAYS),
        precautions: someOf(PRECAUTIONS),
      })
      .refine(({ contactWays, email }) => !contactWays?.includes('email') || email, {
        path: ['email'],
        error: 'missing',
      }),
    async (ctx, by, caseId, value) => {
      await addParty(ctx, by, {
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
          postalAddress: said(value.postalAddress),
          contactHours: said(value.contactHours),
          representative: said(value.representative),
          legalRepresentative: said(value.legalRepresentativeName),
          spokenLanguage: value.spokenLanguage || undefined,
        }),
      });
    },
    ['contactWays', 'precautions'],
  ),
  informer: act(
    ['party', 'how', 'reason'],
    z
      .object({ party: uuid, how: z.enum(INFORMED_HOW, 'missing'), reason: optionalText })
      .refine(({ how, reason }) => how !== 'exempted' || reason, { path: ['reason'], error: 'missing' }),
    (ctx, by, caseId, { party, how, reason }) =>
      informParty(ctx, by, { caseId, partyId: party, how, ...(reason ? { reason } : {}) }),
  ),
  retrait: act(
    ['party', 'withdrawnBy'],
    z.object({ party: uuid, withdrawnBy: z.enum(WITHDRAWN_WAYS, 'missing') }),
    (ctx, by, caseId, { party, withdrawnBy }) =>
      withdrawForParty(ctx, by, { caseId, partyId: party, way: withdrawnBy }),
  ),
  'sans-reponse': act(['party'], z.object({ party: uuid }), (ctx, by, caseId, { party }) =>
    noteNoAnswer(ctx, by, { caseId, partyId: party }),
  ),
  mediation: act([], nothing, (ctx, by, caseId) => beginMediation(ctx, by, caseId)),
  accompagner: act([], nothing, (ctx, by, caseId) => beginSupport(ctx, by, caseId)),
  'reprendre-accords': act([], nothing, (ctx, by, caseId) => gatherAgain(ctx, by, caseId)),
};

/** Leaves out what was not given: an optional field of a command is absent, not undefined. */
function present<T extends Record<string, string | undefined>>(fields: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: string;
  };
}
