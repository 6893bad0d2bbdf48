import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import { localDay } from '../calendar/town-calendar.ts';
import type { CommandContext } from '../command-context.ts';
import { DomainError } from '../errors.ts';
import { addressParts } from '../http/address-parts.ts';
import { type Answers, formId, readForm } from '../http/form-body.ts';
import { one } from '../http/typed-answers.ts';
import { problem } from '../http/problem.tsx';
import type { Town } from '../http/town-of-request.ts';
import { staffFrame } from '../staff/staff-frame.tsx';
import type { AtWork } from '../staff/staff-person.query.ts';
import { addHelpline, changeHelpline } from './change-helpline.command.ts';
import { HELPLINE_FIELDS, type HelplineFault, readHelpline } from './helpline.form.ts';
import { KNOWN_CODES, toCheckAgain } from './helpline.ts';
import { asTyped, HelplinePage, HelplinesPage, type HelplineTyped } from './helplines.page.tsx';
import { type HelplineSettings, helplineSettings } from './helplines.query.ts';
import { HELPLINES, setsHelplines } from './who-sets.ts';

export type HelplineDeps = CommandContext & {
  town(c: Context): Town;
  staff(c: Context): Promise<AtWork | undefined>;
  signInAddress: string;
  /** The public pages read the towns from memory: what was changed is read again at once. */
  towns: { refresh(): Promise<void> };
};

const LineAddress = z.object({ code: z.string().regex(/^[a-z0-9-]{2,40}$/) });
const NEW = 'nouveau';

/** /administration/numeros: the numbers of the safety page, for coordinators and administrators; for others there is no such page. */
export function helplineRoutes(deps: HelplineDeps): Hono {
  const app = new Hono();

  app.get(HELPLINES, (c) =>
    asSetter(c, async (person) => {
      const { t, view, id } = deps.town(c);
      const { now, lines } = await helplineSettings(deps, person);
      const { calendar } = await deps.policies.of(id);
      const late = toCheckAgain({ helplines: lines }, localDay(calendar, now));
      return c.html(
        <HelplinesPage
          frame={staffFrame(t, view, person, 'helplines')}
          lines={lines}
          late={late.map(({ code }) => code)}
          done={c.req.query('fait') !== undefined}
        />,
      );
    }),
  );

  app.get(`${HELPLINES}/:code`, addressParts(LineAddress), (c) =>
    asSetter(c, async (person) => {
      const line = await lineOf(person, c.req.valid('param').code);
      return show(c, person, line, asTyped(line), {});
    }),
  );

  app.post(`${HELPLINES}/:code`, addressParts(LineAddress), (c) =>
    asSetter(c, async (person) => {
      const town = deps.town(c);
      const line = await lineOf(person, c.req.valid('param').code);
      const body = await readForm(c, { one: [...HELPLINE_FIELDS, 'form'], many: [] });
      if (!body.ok && body.status !== 422) return problem(c, town, body.status);
      const typed = typedOf(body.fields);
      const { form } = formId(body.fields);
      if (!body.ok) return show(c, person, line, typed, {}, { refusal: town.t('staff.unread'), status: 422, form });
      const read = readHelpline(body.fields, line !== undefined && KNOWN_CODES.some((code) => code === line.code));
      if (!read.ok) return show(c, person, line, typed, read.errors, { status: 422, form });
      try {
        await (line
          ? changeHelpline(deps, person, line.code, read.value)
          : addHelpline(deps, person, read.value, form));
      } catch (error) {
        if (!(error instanceof DomainError) || error.code === 'not_found') throw error;
        return show(c, person, line, typed, {}, { refusal: town.t('staff.helplines.fixed'), status: 409, form });
      }
      await deps.towns.refresh();
      return c.redirect(`${HELPLINES}?fait`, 303);
    }),
  );

  function show(
    c: Context,
    person: AtWork,
    line: HelplineSettings | undefined,
    typed: HelplineTyped,
    errors: Record<string, HelplineFault>,
    said: { refusal?: string; status?: 409 | 422; form?: string | undefined } = {},
  ): Response | Promise<Response> {
    const { t, view } = deps.town(c);
    const frame = staffFrame(t, view, person, 'helplines');
    return c.html(
      <HelplinePage
        frame={frame}
        line={line}
        form={said.form ?? crypto.randomUUID()}
        typed={typed}
        errors={errors}
        refusal={said.refusal}
      />,
      said.status ?? 200,
    );
  }

  /** @returns nothing for a number that is being added. @throws DomainError not_found. */
  async function lineOf(person: AtWork, code: string): Promise<HelplineSettings | undefined> {
    if (code === NEW) return undefined;
    const line = (await helplineSettings(deps, person)).lines.find((known) => known.code === code);
    if (!line) throw new DomainError('not_found');
    return line;
  }

  async function asSetter(c: Context, run: (person: AtWork) => Promise<Response>): Promise<Response> {
    const person = await deps.staff(c);
    if (!person) return c.redirect(deps.signInAddress, 303);
    return setsHelplines(person) ? run(person) : problem(c, deps.town(c), 404);
  }
  return app;
}

function typedOf(fields: Answers): HelplineTyped {
  const typed = HELPLINE_FIELDS.flatMap((name) => {
    const value = one(fields, name);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(typed);
}
