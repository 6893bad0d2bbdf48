import type { Context } from 'hono';
import { DomainError } from '../errors.ts';
import type { FollowDeps } from '../follow/follow-deps.ts';
import { type Answers, formId, type FormBody, readForm } from '../http/form-body.ts';
import { problem } from '../http/problem.tsx';
import { type AgreementFault, faultFound, readAgreement } from './agreement.form.ts';
import { answerByCode, takeItemBack } from './answer-by-code.command.ts';
import type { CodeHolder } from './code-holder.ts';
import { holderAgreement } from './holder-agreement.query.ts';
import { readItem } from './take-back.form.ts';

type Seat = Omit<CodeHolder, 'townId' | 'form'>;
/** What the page of the agreement shows again. */
type SaidAgain = { answers: Answers; form?: string; wrong?: readonly AgreementFault[]; notice?: string };
/** Whose agreement it is, and where it stands. */
export type AgreementAnswered = {
  seat: Seat;
  side: 'requester' | 'other';
  show(said: SaidAgain, status?: 409 | 422): Promise<Response>;
  done: string;
};

/** Answers the form of an agreement by the code (F3), of either side. @param body read closed, by the fields of that form. */
export async function agreementAnswered(
  deps: FollowDeps,
  c: Context,
  body: Extract<FormBody, { fields: Answers }>,
  { seat, side, show, done }: AgreementAnswered,
): Promise<Response> {
  const { id: townId, t } = deps.town(c);
  const kept = { answers: body.fields, ...formId(body.fields) };
  if (!body.ok) return show({ ...kept, notice: t('follow.unread') }, 422);
  if (body.language) return show(kept);
  const { agreement } = await holderAgreement(deps, { townId, ...seat });
  const read = readAgreement(body.fields, side, agreement.needs);
  if (!read.ok) return show({ ...kept, wrong: read.wrong }, 422);
  try {
    await answerByCode(deps, { townId, ...seat, ...formId(body.fields) }, read.value, t.locale);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const wrong = faultFound(error);
    if (wrong) return show({ ...kept, wrong: [wrong] }, 422);
    if (error.code !== 'already_done') return show({ ...kept, notice: t('parties.notAsked') }, 409);
  }
  return c.redirect(done, 303);
}

/** Answers « Reprendre » beside one thing that was agreed to. */
export async function itemTakenBack(deps: FollowDeps, c: Context, seat: Seat, done: string): Promise<Response> {
  const town = deps.town(c);
  const body = await readForm(c, { one: ['agreement', 'ordinal'], many: [] });
  if (!body.ok) return problem(c, town, body.status === 422 ? 404 : body.status);
  const item = readItem(body.fields);
  if (!item) return problem(c, town, 404);
  try {
    await takeItemBack(deps, { townId: town.id, ...seat }, item);
  } catch (error) {
    // Taken back already, by a double click: what was wanted is so.
    if (!(error instanceof DomainError)) throw error;
  }
  return c.redirect(done, 303);
}
