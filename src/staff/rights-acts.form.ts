import { z } from 'zod';
import { handCode } from '../parties/hand-code.command.ts';
import { noteRight } from '../rights/ask-right.command.ts';
import { correctRequester } from '../rights/correct-requester.command.ts';
import {
  CHECKS_WITHOUT_CODE,
  ERASABLE,
  IDENTITY_CHECKS,
  REFUSAL_GROUNDS,
  RIGHTS,
  RIGHTS_REPLIES,
  TYPED_CHANNELS,
} from '../rights/rights-status.ts';
import { answerRight, extendRight, refuseRight } from '../rights/settle-right.command.ts';
import { takeRightBackFor } from '../rights/take-back-right.command.ts';
import { act, line, longText, optionalLine, optionalText, present, seen, someOf, text, uuid } from './act.form.ts';
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

export { CHECKS_WITHOUT_CODE, ERASABLE, IDENTITY_CHECKS, REFUSAL_GROUNDS, RIGHTS, RIGHTS_REPLIES, TYPED_CHANNELS };

/** What people ask about the data kept on them (F15, R82): written down for them, answered, refused, made longer, taken back; a contact put right. */
export const RIGHTS_ACTS = {
  droit: act(
    ['party', 'right', 'about', 'reply', 'channel', 'identity', 'receivedOn'],
    z
      .object({
        party: uuid,
        right: z.enum(RIGHTS, 'missing'),
        about: optionalText,
        reply: z.enum(RIGHTS_REPLIES, 'missing'),
        channel: z.enum(TYPED_CHANNELS, 'missing'),
        identity: z.enum(IDENTITY_CHECKS, 'missing'),
        receivedOn: optionalLine,
      })
      .refine(({ right, about }) => right !== 'correct' || about, { path: ['about'], error: 'missing' }),
    (ctx, by, caseId, { party, about, receivedOn, ...asked }) =>
      noteRight(ctx, by, { caseId, partyId: party, ...asked, ...present({ about, on: receivedOn }) }),
  ),
  'repondre-droit': act(
    ['rights', 'answer'],
    z.object({ rights: uuid, answer: longText, erase: someOf(ERASABLE) }),
    (ctx, by, caseId, { rights, answer, erase }) =>
      answerRight(ctx, by, { caseId, requestId: rights, answer, erase: erase ?? [] }),
    ['erase'],
  ),
  'refuser-droit': act(
    ['rights', 'ground', 'answer'],
    z.object({ rights: uuid, ground: z.enum(REFUSAL_GROUNDS, 'missing'), answer: longText }),
    (ctx, by, caseId, { rights, ground, answer }) =>
      refuseRight(ctx, by, { caseId, requestId: rights, ground, answer }),
  ),
  'prolonger-droit': act(
    ['rights', 'reason'],
    z.object({ rights: uuid, reason: text }),
    (ctx, by, caseId, { rights, reason }) => extendRight(ctx, by, { caseId, requestId: rights, reason }),
  ),
  'retirer-droit': act(['rights'], z.object({ rights: uuid }), (ctx, by, caseId, { rights }) =>
    takeRightBackFor(ctx, by, { caseId, requestId: rights }),
  ),
  // C-2: for somebody who has lost the code and has no mailbox. What the new one is made of comes with the page.
  'nouveau-code': {
    ...act(
      ['party', 'identity'],
      z.object({ party: uuid, identity: z.enum(CHECKS_WITHOUT_CODE, 'missing'), fresh: uuid }),
      (ctx, by, caseId, { party, ...handing }) => handCode(ctx, by, { caseId, partyId: party, ...handing }),
    ),
    hidden: ['fresh'],
  },
  'coordonnees-personne': act(
    ['name', 'trustedPerson', ...CONTACT_FIELDS],
    z
      .object({ name: line, trustedPerson: optionalLine, seen, ...contactShape })
      .refine(hasItsAddress, ADDRESS_MISSING)
      .refine(canBeReached, WRITTEN_ONLY),
    (ctx, by, caseId, { name, trustedPerson, seen: known, ...contact }) =>
      correctRequester(ctx, by, { caseId, name, seen: known, ...contactOf(contact), ...present({ trustedPerson }) }),
    CONTACT_LISTS,
  ),
};
