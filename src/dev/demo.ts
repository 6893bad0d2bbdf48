import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { say } from './say.ts';
import { readJson } from './state-file.ts';

// `npm run demo`: has the thirty stories told by the service that runs here, or by one it starts, and says how each ended.

const START = fileURLToPath(new URL('start.ts', import.meta.url));
const dir = path.resolve(process.env['PASSERELLE_STATE_DIR'] ?? path.join(path.dirname(START), '../../.passerelle'));
const State = z.object({ web: z.string() });
const Ready = z.record(z.string(), z.string());
const Demo = z.object({
  stories: z
    .object({
      state: z.enum(['running', 'told', 'stopped']),
      told: z.number(),
      of: z.number(),
      telling: z.string().nullable(),
      reason: z.string().nullable(),
      endings: z.array(
        z.object({
          story: z.number(),
          number: z.string(),
          expected: z.string(),
          found: z.string(),
          asExpected: z.boolean(),
        }),
      ),
    })
    .nullable(),
});

/** Every part up: nothing of the stories can be told before. */
async function readyWeb(): Promise<string | undefined> {
  const state = State.safeParse(readJson(path.join(dir, 'state.json')));
  if (!state.success) return undefined;
  try {
    const parts = Ready.parse(await (await fetch(`${state.data.web}/readyz`)).json());
    return Object.values(parts).every((part) => part === 'up') ? state.data.web : undefined;
  } catch {
    return undefined;
  }
}

async function runningWeb(): Promise<string> {
  const here = State.safeParse(readJson(path.join(dir, 'state.json'))).success;
  if (!here) {
    say('Rien ne tourne encore ici : démarrage.');
    const started = spawn(process.execPath, ['--import', 'tsx', START], { stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => started.kill(signal));
    started.on('exit', (code) => process.exit(code ?? 1));
  }
  for (;;) {
    const web = await readyWeb();
    if (web) return web;
    await wait(500);
  }
}

async function stories(web: string): Promise<NonNullable<z.output<typeof Demo>['stories']>> {
  for (let said = ''; ; await wait(1_000)) {
    const { stories: run } = Demo.parse(await (await fetch(`${web}/demo/etat`)).json());
    if (!run) continue;
    if (run.state !== 'running') return run;
    const line = `${run.telling ?? '…'} : ${run.told} histoires terminées sur ${run.of}`;
    if (line !== said) say(line);
    said = line;
  }
}

const web = await runningWeb();
const asked = await fetch(`${web}/demo/histoires`, {
  method: 'POST',
  headers: { origin: web, 'content-type': 'application/x-www-form-urlencoded' },
  body: '',
  redirect: 'manual',
});
if (asked.status !== 303) throw new Error(`the stories were not asked for: ${asked.status}`);
const run = await stories(web);
for (const { story, number, expected, found, asExpected } of run.endings.toSorted((a, b) => a.story - b.story))
  say(
    `${asExpected ? '✓' : '✗'} ${String(story).padStart(2)} ${number} ${expected}${asExpected ? '' : `, trouvé : ${found}`}`,
  );
const wrong = run.endings.filter(({ asExpected }) => !asExpected).length;
if (run.state === 'stopped') say(`Arrêt avant la fin : ${run.reason ?? ''}`);
else say(`${run.endings.length - wrong} histoires sur ${run.of} finissent comme prévu. La ville : ${web}/demo`);
process.exitCode = run.state === 'told' && wrong === 0 ? 0 : 1;
