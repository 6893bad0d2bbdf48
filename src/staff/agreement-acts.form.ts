import { z } from 'zod';
import { beginMediation, beginSupport, gatherAgain } from '../cases/mediate.command.ts';
import { allowShare } from '../parties/allow-share.command.ts';
import { askForAgreement, noteNoAnswer, withdrawForParty } from '../parties/party-acts.command.ts';
import { beginAgreements, recordAgreement } from '../parties/record-agreement.command.ts';
import { EXPLANATIONS } from '../parties/write-agreement.ts';
import { LANGUAGES } from '../requests/request-choices.ts';
import {
  act,
  line,
  nothing,
  optionalLine,
  optionalText,
  optionalUuid,
  present,
  someOf,
  ticked,
  uuid,
  yesNo,
} from './act.form.ts';

export const AGREEMENT_MODES = ['oral', 'written'] as const;
export const WITHDRAWN_WAYS = ['phone', 'oral', 'written'] as const;
export { EXPLANATIONS, LANGUAGES };

/** Gathering each party's free agreement (F3), from the first contact to the mediation. */
export const AGREEMENT_ACTS = {
  accord: act(
    ['party', 'takePart', 'contactOther', 'maySay', 'recontact', 'shareWith', 'shareWhat', 'shareFor', 'keepShares', 'mode', 'language', 'interpreterRef', 'mandate', 'representative', 'legalRepresentative', 'legalRepresentativeName', 'copyGiven'], // prettier-ignore
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
        representative: optionalLine,
        legalRepresentative: ticked,
        legalRepresentativeName: optionalLine,
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
        ...present({
          maySay: value.maySay,
          representative: value.representative,
          legalRepresentative: value.legalRepresentativeName,
          interpreterRef: value.interpreterRef,
        }),
        ...(value.shareWith
          ? { shares: [{ organisationId: value.shareWith, what: value.shareWhat, purpose: value.shareFor }] }
          : {}),
      }),
    ['explained'],
  ),
  partager: act(
    ['party', 'shareWith', 'shareWhat', 'shareFor', 'mode'],
    z.object({
      party: uuid,
      shareWith: uuid,
      shareWhat: line,
      shareFor: line,
      mode: z.enum(AGREEMENT_MODES, 'missing'),
    }),
    (ctx, by, caseId, { party, shareWith, shareWhat, shareFor, mode }) =>
      allowShare(ctx, by, {
        caseId,
        partyId: party,
        share: { organisationId: shareWith, what: shareWhat, purpose: shareFor },
        mode,
      }),
  ),
  'demander-accord': act(
    ['party', 'cameBack'],
    z.object({ party: uuid, cameBack: ticked }),
    (ctx, by, caseId, { party, cameBack }) => askForAgreement(ctx, by, { caseId, partyId: party, cameBack }),
  ),
  'ouvrir-accords': act([], nothing, (ctx, by, caseId) => beginAgreements(ctx, by, caseId)),
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
