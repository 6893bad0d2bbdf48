import type { Context } from 'hono';
import { type Answers, readForm } from '../http/form-body.ts';
import { problem } from '../http/problem.tsx';
import { one } from '../http/typed-answers.ts';
import { questionsOf } from '../requests/request-questions.tsx';
import type { Screen } from '../requests/screens.ts';
import { asStaff } from './as-staff.ts';
import { SessionOverPage } from './session-over.page.tsx';
import type { StaffDeps } from './staff-deps.ts';
import { entersRequests } from './staff-frame.tsx';
import type { AtWork } from './staff-person.query.ts';

/** For a mediator or a leader; nobody else types for others (spec §4.2). @param known the person, where it was asked for already. */
export function asTypist(
  deps: StaffDeps,
  c: Context,
  run: (person: AtWork) => Promise<Response>,
  known?: AtWork,
): Promise<Response> {
  return asStaff(
    deps,
    c,
    async (person) => (entersRequests(person) ? run(person) : problem(c, deps.town(c), 404)),
    known,
  );
}

/** The session ended meanwhile: what was written is shown again, whole, to be copied before entering again. */
export async function typedAgain(
  deps: StaffDeps,
  c: Context,
  allowed: Parameters<typeof readForm>[1],
  screens: readonly Screen[],
): Promise<Response> {
  const town = deps.town(c);
  const { t, view } = town;
  const body = await readForm(c, allowed);
  const fields: Answers = body.ok || body.status === 422 ? body.fields : {};
  const questions = screens.flatMap((screen) => questionsOf(screen, { t, town: view, where: town }));
  const written = questions.flatMap(({ name, kind }) => {
    const typed = one(fields, name);
    return kind === 'words' && typed?.trim() ? [typed] : [];
  });
  return c.html(<SessionOverPage t={t} town={view} signInAddress={deps.signInAddress} written={written} />, 403);
}
