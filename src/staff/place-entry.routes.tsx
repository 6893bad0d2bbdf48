import { Hono } from 'hono';
import type { Context } from 'hono';
import { enterSignal } from '../requests/enter-signal.command.ts';
import { toSignal } from '../requests/to-request.ts';
import { asTypist, entryPosted } from './as-typist.tsx';
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

  app.post('/equipe/saisie/lieu', (c) => {
    const town = deps.town(c);
    return entryPosted(deps, c, {
      fields: PLACE_FIELDS,
      screens: PLACE_SCREENS,
      show: (person, again, status) => show(c, person, again, status),
      async store(answers, by) {
        const read = readPlaceEntry(answers, town);
        if (!read.ok) return read;
        const signal = toSignal(answers, town);
        await enterSignal(deps, { id: town.id, kid: town.kid }, by, read.entry, signal);
        return c.redirect(`/equipe/saisie/lieu?note=${signal.danger ? 'danger' : 'oui'}`, 303);
      },
    });
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
