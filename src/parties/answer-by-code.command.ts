import { CaseText } from '../cases/case-text.ts';
import { BEFORE_MEDIATION } from '../cases/case-status.ts';
import type { CommandContext } from '../command-context.ts';
import type { PartyTx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { DomainError } from '../errors.ts';
import { languageFacts, type Locale } from '../i18n/languages.ts';
import { recordChange } from '../outbox/record-change.ts';
import { dropQuestionnaires } from '../evaluation/drop-questionnaires.ts';
import { asHolder } from './as-holder.ts';
import type { CodeHolder } from './code-holder.ts';
import { stopAskingOthers } from './end-party.ts';
import { partyWithdraws } from './party-withdraws.ts';
import { settleAnswer } from './settle-answer.ts';
import { speaksThroughInterpreter } from './through-interpreter.query.ts';
import { type AgreementAnswer, writeAnswer } from './write-agreement.ts';

/**
 * F3 by the code: yes or no to each item, from the person's own page. The mediator is told and says what follows; a no is neutral.
 * @param readIn the language the text was read in. @throws DomainError not_allowed_now when nobody asks any more, or for a yes to a text
 * that no person has checked: what was typed stays on the page.
 */
export async function answerByCode(
  ctx: CommandContext,
  by: CodeHolder,
  answer: Omit<AgreementAnswer, 'interpreterRef' | 'language'>,
  readIn: Locale,
): Promise<void> {
  await asHolder(ctx, by, async ({ tx, policy, theCase, party }) => {
    if (party.agreement !== 'asked' || !BEFORE_MEDIATION.includes(theCase.state))
      throw new DomainError('not_allowed_now');
    // A yes is given in a text one reads; somebody calls with an interpreter instead (R101). A no needs nothing.
    if (answer.takePart && (!languageFacts[readIn].checked || (await speaksThroughInterpreter(tx, theCase.id, party))))
      throw new DomainError('not_allowed_now');
    // The only text a person has checked (R101); other languages agree before the mediator, with an interpreter.
    const said = { ...answer, language: 'fr' };
    await writeAnswer(tx, theCase, new CaseText(ctx.keys, theCase), party, said, { mode: 'code' });
    await settleAnswer(tx, policy, theCase, party, answer);
    await recordChange(tx, {
      caseId: theCase.id,
      code: answer.takePart ? 'agreement_given' : 'agreement_refused',
      actor: party.side === 'other' ? 'party' : 'requester',
      data: { party: party.id, mode: 'code' },
    });
    await openDeadline(tx, policy, {
      caseId: theCase.id,
      kind: 'task_party_answered',
      partyId: party.id,
      announce: [{ audience: 'mediator', template: 'party_answered' }],
    });
  });
}

/** The other party stops, from its own page: at once, no reason asked (R30). Asked twice, it is so already. */
export async function withdrawByParty(ctx: CommandContext, by: CodeHolder & { partyId: string }): Promise<void> {
  await asHolder(ctx, by, async ({ tx, policy, theCase, party }) => {
    if (party.ended) return;
    // The code of a party opens its own role only; the requester's withdrawal is T32.
    await partyWithdraws(tx as PartyTx, policy, theCase, party, { by: 'party', way: 'code' });
  });
}

/** One item taken back, the others stay: nothing is shared, said or asked on it from here on (F3). Item 1 is the withdrawal itself. */
export async function takeItemBack(
  ctx: CommandContext,
  by: CodeHolder,
  item: { agreementId: string; ordinal: number },
): Promise<void> {
  await asHolder(ctx, by, async ({ tx, policy, theCase, party }) => {
    if (party.agreementId !== item.agreementId) throw new DomainError('not_allowed_now');
    const taken = await tx.db
      .updateTable('agreement_item')
      .set({ withdrawn_at: tx.now })
      .where('agreement_id', '=', item.agreementId)
      .where('ordinal', '=', item.ordinal)
      .where('item', '<>', 'take_part')
      .where('given', '=', true)
      .where('withdrawn_at', 'is', null)
      .returning('item')
      .executeTakeFirst();
    if (!taken) throw new DomainError('not_allowed_now');
    // The requester's word ends the asking; another side's is its own only.
    if (taken.item === 'contact_other' && party.side === 'requester') await stopAskingOthers(tx, theCase.id);
    if (taken.item === 'recontact') await dropQuestionnaires(tx, party.id);
    await recordChange(tx, {
      caseId: theCase.id,
      code: 'item_withdrawn',
      actor: party.side === 'other' ? 'party' : 'requester',
      data: { party: party.id, item: taken.item },
    });
    await openDeadline(tx, policy, {
      caseId: theCase.id,
      kind: 'task_party_answered',
      partyId: party.id,
      reason: 'item_withdrawn',
      announce: [{ audience: 'mediator', template: 'party_answered' }],
    });
  });
}
