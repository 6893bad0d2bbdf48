import { afterAll, beforeAll, expect, test } from 'vitest';
import { limitsWith } from '../support/limits.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { webApp } from '../support/web.ts';

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
beforeAll(async () => {
  town = await testTown('sign-in-limits');
  app = await webApp(town, true, undefined, limitsWith({ sign_in_by_person: 2, sign_in_by_address: 5 }));
});
afterAll(() => town.close());

async function signIn(email: string, from: string): Promise<Response> {
  const init = {
    method: 'POST',
    headers: { origin: 'http://localhost:80', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ email, password: 'pas le bon mot de passe' }).toString(),
  };
  return app.request('http://localhost/connexion', init, { incoming: { socket: { remoteAddress: from } } });
}
const statusOf = async (email: string, from: string) => (await signIn(email, from)).status;

test('T-19, T-43: one account tried over and over from one place is slowed there, known or not, and nowhere else', async () => {
  for (const email of ['nadege.kerlidou@val-riviere.example', 'personne@val-riviere.example']) {
    const from = email.startsWith('nadege') ? '198.18.1.1' : '198.18.1.2';
    expect([await statusOf(email, from), await statusOf(email, from)]).toEqual([422, 422]);
    const over = await signIn(email.toUpperCase(), from);
    const page = await over.text();
    expect(over.status).toBe(429);
    expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(60);
    expect(page).toContain('Trop d’essais. Attendez');
    expect(page).toContain(email.toUpperCase());
    expect(page).not.toContain('pas le bon mot de passe');
    expect(await statusOf(email, '198.18.2.2')).toBe(422);
  }
});

test('T-19: many accounts tried from one place are slowed together', async () => {
  const tried = [];
  for (let n = 0; n < 6; n += 1) tried.push(await statusOf(`agent-${n}@val-riviere.example`, '198.18.3.3'));
  expect(tried).toEqual([422, 422, 422, 422, 422, 429]);
});
