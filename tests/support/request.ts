import { newDraft } from '../../src/privacy/draft-seal.ts';
import { NOTHING_MORE_TOLD, type SubmitRequest } from '../../src/requests/insert-case.ts';
import { type Receipt, submitRequest } from '../../src/requests/submit-request.command.ts';
import type { TestTown } from './town.ts';

export const A_REQUEST: SubmitRequest = {
  danger: false,
  need: 'person',
  categories: ['BRUIT'],
  quarter: 'PEU',
  placeId: null,
  placeType: null,
  placeText: null,
  transportLine: null,
  transportStop: null,
  ...NOTHING_MORE_TOLD,
  relation: 'avoid',
  story: 'Les bruits de pas, la nuit.',
  firstName: 'Rosa',
  contactWays: ['email', 'phone'],
  phone: '+33639981234',
  email: 'rosa@courriel.example',
  postalAddress: null,
  trustedPerson: null,
  precautions: [],
  contactHours: null,
  spokenLanguage: 'fr',
  interpreter: false,
  ageGroup: 'adult',
  acceptEvaluation: true,
  uiLanguage: 'fr',
};

/** Sends a request as the public form would, with what differs from the ordinary one. */
export async function submit(town: TestTown, change: Partial<SubmitRequest> = {}): Promise<Receipt> {
  return submitRequest(town.context('passerelle_web'), { id: town.townId, kid: town.kid }, newDraft(Date.now()).nonce, {
    ...A_REQUEST,
    ...change,
  });
}
