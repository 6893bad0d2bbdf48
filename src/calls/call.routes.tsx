import type { Context } from 'hono';
import { Hono } from 'hono';
import { z } from 'zod';
import type { FollowDeps } from '../follow/follow-deps.ts';
import { cookieExpiry, readCookie, writeCookie } from '../http/cookies.ts';
import { type Answers, readForm } from '../http/form-body.ts';
import { problem } from '../http/problem.tsx';
import { openCookie, sealCookie } from '../privacy/cookie-seal.ts';
import { type Draft, newDraft, sealDraft } from '../privacy/draft-seal.ts';
import { heldDraft } from '../requests/draft-answers.ts';
import { looksFilledByMachine, TRAP } from '../requests/filled-by-machine.ts';
import { type Door, sendForm } from '../requests/send-form.ts';
import { askForCall, callAskedBefore, type CallReceipt } from './ask-call.command.ts';
import { CallAskedPage } from './call-asked.page.tsx';
import { CALL_FIELDS, readCall } from './call.form.ts';
import { CallPage } from './call.page.tsx';

const FIELDS = { one: ['draft', 'proof', TRAP, ...CALL_FIELDS], many: [] };
const AskedCookie = z.object({ askedAt: z.coerce.date(), dueDay: z.iso.date(), repeated: z.boolean() });

/** /rappel: a call with an interpreter asked for before any request, where the town has interpreters. The same budget and care as a request. */
export function callRoutes(deps: FollowDeps): Hono {
  const app = new Hono();

  app.get('/rappel', (c) => offered(c) ?? show(c, newDraft(Date.now())));

  app.post('/rappel', async (c) => {
    const nothing = offered(c);
    if (nothing) return nothing;
    const town = deps.town(c);
    const body = await readForm(c, FIELDS);
    if (!body.ok && body.status !== 422) return problem(c, town, body.status);
    const { draft: sealed, proof, [TRAP]: trap, ...typed } = body.fields;
    const draft = heldDraft(deps.keys, town.id, sealed);
    const fresh = draft ?? newDraft(Date.now());
    if (body.ok && body.language) return show(c, fresh, { answers: typed });
    const again = (said: Pick<Said, 'errors' | 'notice'>) => show(c, fresh, { answers: typed, status: 422, ...said });
    if (!body.ok) {
      const twice = body.repeated.filter((name) => CALL_FIELDS.some((known) => known === name));
      if (twice.length > 0) return again({ errors: Object.fromEntries(twice.map((name) => [name, 'repeated'])) });
      return again({ notice: town.t('request.refused') });
    }
    const read = readCall(typed);
    if (!draft) return again({ notice: town.t('request.fresh'), errors: read.ok ? {} : read.errors });
    if (!read.ok) return again({ errors: read.errors });
    const door: Door<CallReceipt> = {
      before: () => callAskedBefore(deps, town.id, draft.nonce),
      accept: (doubtful) => askForCall(deps, town, draft.nonce, read.call, doubtful),
      answer(receipt) {
        writeCookie(c, 'rappel', sealCookie(deps.keys, town.id, 'call', receipt, cookieExpiry('rappel')));
        return c.redirect('/rappel/recu', 303);
      },
    };
    const doubtful = looksFilledByMachine({ startedAt: draft.startedAt, sentAt: Date.now(), trap });
    // A draft of the other form says nothing here: its danger would open this one's budget.
    const own = { ...draft, answers: {} };
    return sendForm(deps, c, own, { doubtful, proof }, door, (status, said) =>
      show(c, draft, { answers: typed, status, ...said }),
    );
  });

  app.get('/rappel/recu', (c) => {
    const { id, t, view } = deps.town(c);
    const read = AskedCookie.safeParse(openCookie(deps.keys, id, 'call', readCookie(c, 'rappel'), Date.now()));
    if (!read.success) return c.redirect('/', 303);
    return c.html(<CallAskedPage t={t} town={view} {...read.data} />);
  });

  /** Where the town has no interpreters nothing is promised: there is no such page. */
  function offered(c: Context): Response | Promise<Response> | undefined {
    const town = deps.town(c);
    return town.view.interpreters ? undefined : problem(c, town, 404);
  }

  type Said = {
    answers?: Answers;
    errors?: Record<string, string>;
    notice?: string;
    challenge?: string;
    status?: 422 | 429 | 500 | 503;
  };

  /** Answered 422 the fields refused are named in the log, never what they hold. */
  function show(c: Context, draft: Draft, said: Said = {}): Response | Promise<Response> {
    const { id, t, view } = deps.town(c);
    const { answers = {}, errors = {}, status = 200, ...above } = said;
    if (status === 422) deps.log.info('call_form_refused', { fields: Object.keys(errors).join(' ') });
    const sealed = sealDraft(deps.keys, id, draft);
    return c.html(<CallPage t={t} town={view} draft={sealed} answers={answers} errors={errors} {...above} />, status);
  }
  return app;
}
