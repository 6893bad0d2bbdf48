import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { isWorthShowing, readable } from './log-line.ts';
import { commandLine, endProcess } from './processes.ts';
import { readJson, writeJson } from './state-file.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

type Env = Record<string, string>;
export type Children = {
  /** Starts a role and keeps it alive: a role that dies comes back, later each time. */
  keep(role: string, env: Env): void;
  /** Runs a command of the program to its end. @throws Error when it fails, with the last lines it printed. */
  run(args: readonly string[], env: Env): Promise<void>;
  stop(): Promise<void>;
};

/**
 * The processes of one `npm start`. Whole logs go to `logs/ROLE.log`, warnings and errors to the terminal (everything with
 * `watch`, which also restarts the web when a file changes). Pids are noted for a start after a kill -9. Once `ending`, a role
 * that dies stays dead: a terminal sends Ctrl-C to everybody at once.
 */
export function children(stateDir: string, { watch, ending }: { watch: boolean; ending: AbortSignal }): Children {
  const alive = new Map<string, ChildProcess>();
  const logs = path.join(stateDir, 'logs');
  mkdirSync(logs, { recursive: true, mode: 0o700 });
  const note = () => {
    const pids = [...alive.values()].flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
    writeJson(noteOf(stateDir), pids);
  };

  function spawnNoted(name: string, args: readonly string[], env: Env, flags: string[] = []): ChildProcess {
    const child = spawn(process.execPath, ['--import', 'tsx', ...flags, MAIN, ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.on('error', () => undefined);
    alive.set(name, child);
    note();
    child.once('exit', () => {
      if (alive.get(name) === child) alive.delete(name);
      note();
    });
    return child;
  }

  function keep(role: string, env: Env, deaths = 0): void {
    if (ending.aborted) return;
    const child = spawnNoted(role, [role], env, watch && role === 'web' ? ['--watch', '--watch-preserve-output'] : []);
    const startedAt = Date.now();
    const log = createWriteStream(path.join(logs, `${role}.log`), { flags: 'a', mode: 0o600 });
    onLines(child, (line) => {
      log.write(`${line}\n`);
      if (watch || isWorthShowing(line)) console.log(`${role.padEnd(6)} ${readable(line)}`);
    });
    child.once('close', (code, signal) => {
      log.end();
      if (ending.aborted) return;
      const again = Date.now() - startedAt > 30_000 ? 0 : deaths + 1;
      const delayMs = Math.min(500 * 2 ** again, 15_000);
      console.log(`${role.padEnd(6)} s’est arrêté (${signal ?? code}), reprise dans ${Math.round(delayMs / 1000)} s`);
      setTimeout(() => keep(role, env, again), delayMs).unref();
    });
  }

  return {
    keep,
    async run(args, env) {
      const child = spawnNoted(args.join(' '), args, env);
      const printed: string[] = [];
      onLines(child, (line) => printed.push(line));
      const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
      if (code !== 0) throw new Error(`${args.join(' ')} : ${printed.slice(-12).map(readable).join('\n')}`);
    },
    async stop() {
      const pids = [...alive.values()].flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
      await Promise.all(pids.map((pid) => endProcess(pid, 13_000)));
    },
  };
}

function onLines(child: ChildProcess, take: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', take);
  }
}

const noteOf = (stateDir: string) => path.join(stateDir, 'children.json');

/** Ends roles that a killed start left running; a pid that by now is somebody else's is left alone. */
export async function endOrphans(stateDir: string): Promise<void> {
  const pids = readJson(noteOf(stateDir));
  if (!Array.isArray(pids)) return;
  const ours = pids.filter((pid): pid is number => typeof pid === 'number' && !!commandLine(pid)?.includes(MAIN));
  await Promise.all(ours.map((pid) => endProcess(pid, 5_000)));
}
