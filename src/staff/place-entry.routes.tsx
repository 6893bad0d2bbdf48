import { Hono } from 'hono';
import type { Context } from 'hono';
import { DomainError } from '../errors.ts';
import { formId, readForm } from '../http/form-body.ts';
import { problem } from '../http/problem.tsx';
import { enterSignal } from '../requests/enter-signal.command.ts';
import { toSignal } from '../requests/to-request.ts';
import { asTypist, typedAgain } from './as-typist.tsx';
import { PLACE_FIELDS, PLACE_SCREENS, readPlaceEntry } from './place-entry.form.ts';
import { PlaceEntryPage, type PlaceEntryPageProps } from './place-entry.page.tsx';
import type { StaffDeps } from './staff-deps.ts';
import { staffFrame } from './staff-frame.tsx';
import type { AtWork } from './staff-person.query.ts';

/** /equipe/saisie/lieu: a place told without a name, typed by somebody of the team. It has no number and no code: nobody waits for an answer. */
export function placeEntryRoutes(deps: StaffDeps): Hono {
  const app = new Hono();

  app.get('/equipe/saisie/lieu', (c) =>
    asTypist(deps, c, (person) => {
      const said = c.req.query('note');
      const stored = said === undefined ? undefined : said === 'danger' ? 'danger' : 'calm';
      return show(c, person, { form: crypto.randomUUID(), answers: {}, stored });
    }),
  );

  app.post('/equipe/saisie/lieu', async (c) => {
    const signedIn = await deps.staff(c);
    if (!signedIn) return typedAgain(deps, c, PLACE_FIELDS, PLACE_SCREENS);
    return asTypist(
      deps,
      c,
      async (person) => {
        const town = deps.town(c);
        const body = await readForm(c, PLACE_FIELDS);
        if (!body.ok && body.status !== 422) return problem(c, town, body.status);
        const answers = body.fields;
        const { form } = formId(answers);
        const again = (said: Partial<PlaceEntryPageProps>, status: 409 | 422 = 422) =>
          show(c, person, { form: form ?? crypto.randomUUID(), answers, ...said }, status);
        if (!body.ok || !form) return again({ notice: town.t('staff.unread') });
        if (answers['by'] !== person.personId) return again({ notice: town.t('staff.otherPerson') }, 409);
        const read = readPlaceEntry(answers, town);
        if (!read.ok) return again({ wrong: read });
        const signal = toSignal(answers, town);
        const by = { townId: person.townId, personId: person.personId, form };
        try {
          await enterSignal(deps, { id: town.id, kid: town.kid }, by, read.entry, signal);
        } catch (error) {
          if (!(error instanceof DomainError) || error.field === undefined) throw error;
          return again({ wrong: { own: { [error.field]: error.field }, form: {} } });
        }
        return c.redirect(`/equipe/saisie/lieu?note=${signal.danger ? 'danger' : 'oui'}`, 303);
      },
      signedIn,
    );
  });

  async function show(
    c: Context,
    person: AtWork,
    said: Omit<PlaceEntryPageProps, 'frame' | 'by' | 'where'>,
    status: 200 | 409 | 422 = 200,
  ): Promise<Response> {
    const town = deps.town(c);
    const frame = staffFrame(town.t, town.view, person, 'entry');
    return c.html(<PlaceEntryPage frame={frame} by={person.personId} where={town} {...said} />, status);
  }

  return app;
}
