import { beginFollowUp, beginMediation } from '../../src/cases/mediate.command.ts';
import { beginEvaluation } from '../../src/followup/note-check.command.ts';
import { addParty } from '../../src/parties/add-party.command.ts';
import { askForAgreement } from '../../src/parties/party-acts.command.ts';
import { askPartner } from '../../src/partners/ask-partner.command.ts';
import { answerRight } from '../../src/rights/settle-right.command.ts';
import { planSession } from '../../src/sessions/plan-session.command.ts';
import { A_NEIGHBOUR, Carried } from './agreements.ts';
import type { Walker } from './page-walk.ts';
import { newestPartnerCode } from './partner-code.ts';
import { codeOfParty, newCodeOf } from './party-visitor.ts';
import { askedRight } from './rights.ts';
import type { TestTown } from './town.ts';

// Where each kind of person goes, and what they do there so that the next page is there.

const PDF = 'application/pdf';
const SPACE = '/suivi/participation';

export async function anybody(walker: Walker): Promise<void> {
  await walker.sees('/', '/danger', '/informations', '/mentions-legales', '/accessibilite', '/demande', '/rappel');
  await walker.sees('/suivi', `${SPACE}/vos-informations`, '/suivi/code-perdu');
  await walker.isRefused('/suivi/code-perdu');
  await walker.sees('/suivi/code-court');
  await walker.isRefused('/suivi/code-court');
  await walker.goes('/nulle-part');
  await walker.looks('which is not there');
  await walker.finds('/healthz', 'application/json');
  await walker.finds('/readyz', 'application/json');
  await walker.finds('/langue/fr', '303');
  await walker.finds('/formulaire-papier', PDF);
}

const next = async ({ page }: Walker, ...answers: string[]) => {
  for (const answer of answers) await page.check(`input[name="${answer}"]`);
  await page.click('form button[value="next"]:not([aria-hidden])');
};

/** A request, screen by screen, to its receipt and the files that come last. */
export async function sender(walker: Walker): Promise<void> {
  await walker.goes('/demande?besoin=person');
  for (const [screen, answer] of [
    ['need', 'danger"][value="no'],
    ['what'],
    ['place', 'categories"][value="BRUIT'],
    ['story', 'quarter"][value="PEU'],
    ['care'],
    ['contact'],
  ] as const) {
    await next(walker, ...(answer ? [answer] : []));
    await walker.looks(screen);
  }
  await walker.page.fill('input[name="first_name"]', 'Rosa');
  await next(walker, 'contact_ways"][value="desk');
  await walker.looks('send');
  await next(walker);
  await walker.looks('send, with its errors');
  await next(walker, 'age_group"][value="adult', 'accept_contact', 'read_notice');
  await walker.sees('/demande/recu', '/demande/recu/pieces');
  await walker.finds('/demande/recu.pdf', PDF);
}

/** A place pointed out without a name. */
export async function signaller(walker: Walker): Promise<void> {
  await walker.goes('/demande?besoin=place');
  for (const answer of ['danger"][value="no', undefined, 'categories"][value="BRUIT', 'quarter"][value="PEU'])
    await next(walker, ...(answer ? [answer] : []));
  await walker.looks('note');
  await next(walker);
  await walker.sees('/demande/signale');
}

/** A call with an interpreter. */
export async function caller(walker: Walker): Promise<void> {
  const { page } = walker;
  await walker.goes('/rappel');
  await walker.isRefused('/rappel');
  await page.check('input[name="spoken_language"][value="zgh"]');
  await page.fill('input[name="phone"]', '06 39 98 12 34');
  await page.check('input[name="moments"][value="any"]');
  await walker.presses('/rappel');
  await walker.sees('/rappel/recu');
}

async function enters(walker: Walker, code: string): Promise<void> {
  await walker.goes('/suivi');
  await walker.page.fill('input[name="code"]', code);
  await walker.presses('/suivi');
}

async function opensDoors(walker: Walker, base: string): Promise<void> {
  await walker.sees(`${base}/danger`, `${base}/joindre`, `${base}/pieces`);
  for (const path of ['arreter', 'courriel', 'remplacer'].map((door) => `${base}/${door}`)) {
    await walker.sees(path);
    await walker.isRefused(path);
  }
}

async function replacesCode(walker: Walker, base: string): Promise<void> {
  await walker.goes(`${base}/remplacer`);
  await walker.page.check('input[value="replace"]');
  await walker.presses(`${base}/remplacer`);
  await walker.sees(`${base}/nouveau-code`);
}

/** Both sides of one case, from the agreement that is asked to the opinion in the end. @returns what a partner was asked meanwhile. */
export async function bothSides(town: TestTown, requester: Walker, other: Walker): Promise<string> {
  const carried = new Carried(town);
  const caseId = await carried.toFirstContact();
  const [ctx, by, requesterId] = [carried.web, carried.mediator(), await carried.partyId('requester')];
  await askForAgreement(ctx, by, { caseId, partyId: requesterId });
  await enters(requester, await newCodeOf(town, caseId));
  await requester.sees('/suivi/demande', '/suivi/accord', '/suivi/droits');
  await opensDoors(requester, '/suivi');
  await carried.says('requester');
  await requester.sees('/suivi/demande');

  await addParty(ctx, by, { ...A_NEIGHBOUR, caseId });
  const otherId = await carried.partyId('other');
  await enters(other, await codeOfParty(town, otherId));
  await other.sees(SPACE);
  await opensDoors(other, SPACE);
  await carried.says('other');

  await beginMediation(ctx, by, caseId);
  const when = { day: '25/01/2027', hour: '14h30', minutes: 60, place: 'Salle du Lavoir' };
  await planSession(ctx, by, { caseId, mode: 'joint', partyIds: [requesterId, otherId], ...when });
  const { id } = await town.owner.selectFrom('mediation_session').select('id').where('case_id', '=', caseId).executeTakeFirstOrThrow(); // prettier-ignore
  await other.sees(SPACE);
  await other.finds(`/suivi/rendez-vous/${id}`, 'text/calendar');
  const { id: organisationId } = await town.owner.selectFrom('organisation').select('id').where('code', '=', 'O09').executeTakeFirstOrThrow(); // prettier-ignore
  const requestId = await askPartner(ctx, by, { caseId, organisationId, urgency: 'standard', question: 'Une salle ?' });
  const right = await askedRight(town, { caseId, partyId: otherId });
  await answerRight(ctx, carried.leader(), { caseId, requestId: right, answer: 'Voici.', erase: [] });
  await other.sees('/suivi/droits');
  await other.finds(`/suivi/droits/${right}/copie`, PDF);

  await beginFollowUp(ctx, by, { caseId, result: 'ACCORD_ORAL' });
  await requester.finds('/suivi/accord/papier', PDF);
  await other.finds(`${SPACE}/papier`, PDF);
  await carried.news('m1');
  await beginEvaluation(ctx, by, caseId);
  await other.sees(SPACE, '/suivi/avis');
  await replacesCode(requester, '/suivi');
  await replacesCode(other, SPACE);
  return requestId;
}

/** A contact of the organisation that is asked, from the address of its mail to all it may do. */
export async function partner(town: TestTown, walker: Walker, requestId: string): Promise<void> {
  const pointer = `/partenaire/${crypto.randomUUID()}`;
  await walker.seesFrench('/partenaire', '/partenaire/code', pointer, `${pointer}/code`);
  await walker.goes('/partenaire');
  await walker.page.fill('input[name="email"]', 'paulette.nzinga.roy@o09.val-riviere.example');
  await walker.presses('/partenaire');
  await walker.page.fill('input[name="code"]', await newestPartnerCode(town));
  await walker.presses('/partenaire/code');
  await walker.seesFrench('/partenaire', '/partenaire/saisir', '/partenaire/absence');
  for (const level of ['personne', 'lieu', 'structure']) await walker.seesFrench(`/partenaire/saisir/${level}`);
  for (const door of ['', '/danger', '/avis']) await walker.seesFrench(`/partenaire/demandes/${requestId}${door}`);
}
