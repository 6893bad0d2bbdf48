import type { Context } from 'hono';
import type { Staff } from '../cases/triage.command.ts';
import { DomainError } from '../errors.ts';
import { type Answers, formId, readForm } from '../http/form-body.ts';
import { problem } from '../http/problem.tsx';
import { one } from '../http/typed-answers.ts';
import { questionsOf } from '../requests/request-questions.tsx';
import type { Screen } from '../requests/screens.ts';
import { asStaff } from './as-staff.ts';
import type { EntryFaults } from './entry-telling.tsx';
import type { EntryPageProps } from './request-entry.page.tsx';
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

type Again = Pick<EntryPageProps, 'form' | 'answers' | 'wrong' | 'notice'>;

/** What somebody of the team types for somebody else, on a page of its own. */
export type TypedEntry = {
  fields: Parameters<typeof readForm>[1];
  screens: readonly Screen[];
  /** The page as it was typed, with what is wrong. */
  show(person: AtWork, again: Again, status: 409 | 422): Promise<Response>;
  /** @returns the answer, or what is wrong. @throws DomainError with its field where that is refused. */
  store(answers: Answers, by: Staff & { form: string }): Promise<Response | EntryFaults>;
  /** Drops what the browser holds of whoever typed before, once nobody is signed in. */
  forget?(): void;
};

/** Reads what was typed and stores it, as whoever opened the page: nobody signs what somebody else typed at the same screen. */
export async function entryPosted(deps: StaffDeps, c: Context, entry: TypedEntry): Promise<Response> {
  const signedIn = await deps.staff(c);
  if (!signedIn) return typedAgain(deps, c, entry);
  return asTypist(
    deps,
    c,
    async (person) => {
      const town = deps.town(c);
      const body = await readForm(c, entry.fields);
      if (!body.ok && body.status !== 422) return problem(c, town, body.status);
      const answers = body.fields;
      const { form } = formId(answers);
      const again = (said: Partial<Again>, status: 409 | 422 = 422) =>
        entry.show(person, { form: form ?? crypto.randomUUID(), answers, ...said }, status);
      if (!body.ok || !form) return again({ notice: town.t('staff.unread') });
      if (answers['by'] !== person.personId) return again({ notice: town.t('staff.otherPerson') }, 409);
      try {
        const stored = await entry.store(answers, { townId: person.townId, personId: person.personId, form });
        return 'own' in stored ? await again({ wrong: stored }) : stored;
      } catch (error) {
        if (!(error instanceof DomainError) || error.field === undefined) throw error;
        return again({ wrong: { own: { [error.field]: error.field }, form: {} } });
      }
    },
    signedIn,
  );
}

/** The session ended meanwhile: what was written is shown again, whole, to be copied before entering again. */
async function typedAgain(
  deps: StaffDeps,
  c: Context,
  { fields: allowed, screens, forget }: TypedEntry,
): Promise<Response> {
  forget?.();
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
