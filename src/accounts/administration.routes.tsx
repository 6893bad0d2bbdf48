import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import { DomainError } from '../errors.ts';
import { AddressId, addressParts } from '../http/address-parts.ts';
import { readForm } from '../http/form-body.ts';
import { problem } from '../http/problem.tsx';
import type { Town } from '../http/town-of-request.ts';
import { staffFrame } from '../staff/staff-frame.tsx';
import type { AtWork } from '../staff/staff-person.query.ts';
import type { Accounts } from './accounts.ts';
import { AccessListPage, PersonAccessPage } from './administration.page.tsx';
import { accessHistory, accessList, type PersonAccess } from './administration.query.ts';
import { ACCESS_ACTS, type AccessAct, changeAccess } from './change-access.command.ts';

export type AdministrationDeps = CommandContext & {
  accounts: Accounts;
  town(c: Context): Town;
  staff(c: Context): Promise<AtWork | undefined>;
  signInAddress: string;
  /** Where people type their invitation, as they would write it. */
  invitationAddress(c: Context): string;
};

const PersonAddress = z.object({ id: AddressId });

/** /administration: accesses are opened and closed here, by administrators only; anybody else at work finds no such page. */
export function administrationRoutes(deps: AdministrationDeps): Hono {
  const app = new Hono();

  app.get('/administration', (c) =>
    asAdmin(c, async (admin) => {
      const { t, view } = deps.town(c);
      const people = await accessList(deps, admin);
      return c.html(<AccessListPage frame={staffFrame(t, view, admin, 'access')} people={people} />);
    }),
  );

  app.get('/administration/personnes/:id', addressParts(PersonAddress), (c) =>
    asAdmin(c, async (admin) => {
      const done = doneIn(c);
      return show(
        c,
        admin,
        await personOf(admin, c.req.valid('param').id),
        done ? { done: deps.town(c).t(`accounts.admin.done.${done}`) } : {},
      );
    }),
  );

  app.post('/administration/personnes/:id', addressParts(PersonAddress), (c) =>
    asAdmin(c, async (admin) => {
      const town = deps.town(c);
      const person = await personOf(admin, c.req.valid('param').id);
      const body = await readForm(c, { one: ['act'], many: [] });
      if (!body.ok) return problem(c, town, body.status);
      const act = actsFor(person).find((known) => known === body.fields['act']);
      if (!act) return show(c, admin, person, { error: town.t('accounts.admin.missing'), status: 422 });
      try {
        const token = await changeAccess(deps, admin, person, act);
        if (token === undefined) return c.redirect(`/administration/personnes/${person.id}?${act}`, 303);
        const now = await personOf(admin, c.req.valid('param').id);
        return show(c, admin, now, { code: { token, address: deps.invitationAddress(c) } });
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        const refusal = town.t(`staff.refused.${error.code}`);
        return show(c, admin, await personOf(admin, c.req.valid('param').id), { refusal, status: 409 });
      }
    }),
  );

  async function show(
    c: Context,
    admin: AtWork,
    person: PersonAccess,
    said: {
      error?: string;
      done?: string;
      refusal?: string;
      code?: { token: string; address: string };
      status?: 409 | 422;
    },
  ): Promise<Response> {
    const { t, view } = deps.town(c);
    const history = await accessHistory(deps, admin, person.id);
    return c.html(
      <PersonAccessPage
        frame={staffFrame(t, view, admin, 'access')}
        person={person}
        history={history}
        acts={actsFor(person)}
        isYou={person.id === admin.personId}
        {...said}
      />,
      said.status ?? 200,
    );
  }

  async function personOf(admin: AtWork, id: string): Promise<PersonAccess> {
    const found = (await accessList(deps, admin)).find((person) => person.id === id);
    if (!found) throw new DomainError('not_found');
    return found;
  }

  async function asAdmin(c: Context, run: (admin: AtWork) => Promise<Response>): Promise<Response> {
    const person = await deps.staff(c);
    if (!person) return c.redirect(deps.signInAddress, 303);
    return person.roles.includes('admin') ? run(person) : problem(c, deps.town(c), 404);
  }
  return app;
}

/** What makes sense for an access as it stands. */
function actsFor({ state }: PersonAccess): AccessAct[] {
  return ACCESS_ACTS.filter((act) => {
    if (act === 'restore') return state === 'ended';
    if (state === 'ended') return false;
    return act === 'lost_phone' ? state === 'open' || state === 'half' : true;
  });
}

function doneIn(c: Context): 'end' | 'restore' | undefined {
  return (['end', 'restore'] as const).find((act) => c.req.query(act) !== undefined);
}
