import type { Context } from 'hono';
import { problem } from '../http/problem.tsx';
import { worksOnCases } from './staff-frame.tsx';
import type { AtWork } from './staff-person.query.ts';
import type { StaffDeps } from './staff-deps.ts';

/**
 * Answers for somebody at work on cases: without a session the way to sign in, for an administrator nothing that is of a case (line 4).
 * @param known the person, where it was asked for already.
 */
export async function asStaff(
  deps: Pick<StaffDeps, 'staff' | 'town' | 'signInAddress'>,
  c: Context,
  run: (person: AtWork) => Promise<Response>,
  known?: AtWork,
): Promise<Response> {
  const person = known ?? (await deps.staff(c));
  if (!person) return c.redirect(deps.signInAddress, 303);
  if (worksOnCases(person)) return run(person);
  return c.req.path === '/equipe' ? c.redirect('/administration', 303) : problem(c, deps.town(c), 404);
}
