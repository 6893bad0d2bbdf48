import { isOpenToPerson } from '../cases/case-status.ts';
import type { CommandContext } from '../command-context.ts';
import { openWait } from '../deadlines/open-wait.query.ts';
import { DomainError } from '../errors.ts';
import { languageFacts, type Locale } from '../i18n/languages.ts';
import { askToCall, INTERPRETER_CALL } from '../mail/ask-to-call.ts';
import { recordChange } from '../outbox/record-change.ts';
import { asHolder, type ByCode } from './as-holder.ts';
import type { CodeHolder } from './code-holder.ts';

/**
 * « Être rappelé avec un interprète », from either side's own page (§4.8): the team is asked to call, and from here on nobody agrees on a page
 * alone (R101). Asked twice, one call waits.
 * @throws DomainError not_allowed_now when the request is over.
 */
export async function askForInterpreter(ctx: CommandContext, by: CodeHolder, language: Locale): Promise<void> {
  await asHolder(ctx, by, async (holder) => {
    const { tx, policy, theCase, party } = holder;
    if (!isOpenToPerson(theCase.state) || party.ended) throw new DomainError('not_allowed_now');
    const to = party.side === 'other' ? { partyId: party.id } : undefined;
    if (
      await openWait(tx, theCase.id, to ? 'task_call_party' : 'task_call_requester', {
        ...to,
        reason: INTERPRETER_CALL,
      })
    )
      return;
    await noteWish(holder, language);
    await recordChange(tx, {
      caseId: theCase.id,
      code: 'interpreter_asked',
      actor: party.side === 'other' ? 'party' : 'requester',
      data: { party: party.id, language },
    });
    await askToCall(tx, policy, theCase, to, INTERPRETER_CALL);
  });
}

/** What was said before about the language spoken is not overwritten: whoever reads Arabic may speak tamazight. */
async function noteWish({ tx, theCase, party }: ByCode, locale: Locale): Promise<void> {
  const { tag } = languageFacts[locale];
  const language = tag === 'fr' ? null : tag;
  await tx.db.updateTable('party').set({ interpreter: true }).where('id', '=', party.id).execute();
  if (party.side === 'other') {
    await tx.db
      .updateTable('party_identity')
      .set({ spoken_language: language })
      .where('party_id', '=', party.id)
      .where('spoken_language', 'is', null)
      .execute();
    return;
  }
  await tx.db.updateTable('mediation_case').set({ interpreter: true }).where('id', '=', theCase.id).execute();
  await tx.db
    .updateTable('case_identity')
    .set({ spoken_language: language })
    .where('case_id', '=', theCase.id)
    .where('spoken_language', 'is', null)
    .execute();
}
