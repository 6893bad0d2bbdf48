import type { Context } from 'hono';
import { DomainError } from '../errors.ts';
import type { FollowDeps } from '../follow/follow-deps.ts';
import { readForm } from '../http/form-body.ts';
import { problem } from '../http/problem.tsx';
import { askForInterpreter } from './ask-for-interpreter.command.ts';
import type { CodeHolder } from './code-holder.ts';

/** Answers « Être rappelé avec un interprète » of either side: back to its own page, which says so. */
export async function interpreterAsked(
  deps: FollowDeps,
  c: Context,
  seat: Omit<CodeHolder, 'townId'>,
  page: string,
): Promise<Response> {
  const town = deps.town(c);
  const body = await readForm(c, { one: [], many: [] });
  if (!body.ok) return problem(c, town, body.status === 422 ? 404 : body.status);
  try {
    await askForInterpreter(deps, { townId: town.id, ...seat }, town.t.locale);
  } catch (error) {
    // The request ended meanwhile: its page says so.
    if (!(error instanceof DomainError)) throw error;
    return c.redirect(page, 303);
  }
  return c.redirect(`${page}?interprete`, 303);
}
