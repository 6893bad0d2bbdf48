import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import { addressParts } from '../http/address-parts.ts';
import { pdfAnswer } from '../http/pdf.ts';
import { problem } from '../http/problem.tsx';
import { poster } from '../letters/poster.ts';
import { POSTER_SIZES } from '../pdf/paper-words.ts';
import { asStaff } from './as-staff.ts';
import { PostersPage } from './posters.page.tsx';
import type { StaffDeps } from './staff-deps.ts';
import { hangsPosters, staffFrame } from './staff-frame.tsx';
import type { AtWork } from './staff-person.query.ts';

const PosterAddress = z.object({ place: z.string().max(12), size: z.enum(POSTER_SIZES) });
/** A poster says nothing of its day, and the same poster is the same file. */
const ANY_DAY = new Date('2026-11-28T12:00:00Z');

/** /equipe/affiches: a poster for each place of the town, A4 and A3; its drawing opens the form with that place chosen (R28, R35). */
export function posterRoutes(deps: StaffDeps & { ownOrigin(c: Context): string }): Hono {
  const app = new Hono();
  const asHanger = (c: Context, run: (person: AtWork) => Promise<Response>) =>
    asStaff(deps, c, async (person) => (hangsPosters(person) ? run(person) : problem(c, deps.town(c), 404)));

  app.get('/equipe/affiches', (c) =>
    asHanger(c, async (person) => {
      const { t, view, places, quarters } = deps.town(c);
      const named = places.map(({ quarter, ...place }) => ({
        ...place,
        quarter: quarters.find(({ code }) => code === quarter)?.name,
      }));
      return c.html(<PostersPage frame={staffFrame(t, view, person, 'posters')} places={named} />);
    }),
  );

  app.get('/equipe/affiches/:place/:size', addressParts(PosterAddress), (c) =>
    asHanger(c, async () => {
      const town = deps.town(c);
      const { place: code, size } = c.req.valid('param');
      const place = town.places.find((known) => known.code === code);
      if (!place) return problem(c, town, 404);
      const paper = poster(town.t, town.view, { place, size, origin: deps.ownOrigin(c), at: ANY_DAY });
      return pdfAnswer(c, paper, `affiche-${code}-${size}`);
    }),
  );
  return app;
}
