import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { commandLine, endProcess } from './processes.ts';
import { readJson, writeJson } from './state-file.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

export type Children = {
  /** Starts a role and keeps it alive: a role that dies comes back, later each time. */
  keep(role: string, env: Record<string, string>, watch?: boolean): void;
  /** Runs a command of the program to its end. @throws Error when it fails, with what it printed. */
  run(args: readonly string[], env: Record<string, string>): Promise<void>;
  stop(): Promise<void>;
};

/** The processes of one `npm start`. Their pids are noted, so that a start after a kill -9 ends what was left behind. */
export function children(stateDir: string): Children {
  const note = path.join(stateDir, 'children.json');
  const alive = new Map<string, ChildProcess>();
  let stopping = false;
  const remember = () =>
    writeJson(
      note,
      [...alive.values()].flatMap((child) => (child.pid ? [child.pid] : [])),
    );
  const program = (args: readonly string[], env: Record<string, string>, watch = false) =>
    spawn(process.execPath, ['--import', 'tsx', ...(watch ? ['--watch'] : []), MAIN, ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });

  function keep(role: string, env: Record<string, string>, watch = false, deaths = 0): void {
    if (stopping) return;
    const child = program([role], env, watch);
    const startedAt = Date.now();
    alive.set(role, child);
    remember();
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => console.log(`${role.padEnd(6)} ${readable(line)}`));
    }
    child.once('exit', (code, signal) => {
      alive.delete(role);
      if (stopping) return;
      const again = Date.now() - startedAt > 30_000 ? 0 : deaths + 1;
      const wait = Math.min(500 * 2 ** again, 15_000);
      console.log(`${role.padEnd(6)} s’est arrêté (${signal ?? code}), reprise dans ${Math.round(wait / 1000)} s`);
      setTimeout(() => keep(role, env, watch, again), wait);
    });
  }

  return {
    keep,
    async run(args, env) {
      const child = program(args, env);
      const printed: string[] = [];
      for (const stream of [child.stdout, child.stderr])
        createInterface({ input: stream }).on('line', (line) => printed.push(line));
      const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
      if (code !== 0) throw new Error(`${args.join(' ')} : ${printed.slice(-12).join('\n')}`);
    },
    async stop() {
      stopping = true;
      await Promise.all(
        [...alive.values()].map(async (child) => {
          if (child.pid) await endProcess(child.pid, 12_000);
        }),
      );
      writeJson(note, []);
    },
  };
}

/** A log line is JSON; people at a terminal read its event and fields. */
function readable(line: string): string {
  try {
    const { time: _time, role: _role, level: _level, msg, ...fields } = JSON.parse(line) as Record<string, unknown>;
    return [msg, ...Object.entries(fields).map(([name, value]) => `${name}=${String(value)}`)].join(' ').slice(0, 400);
  } catch {
    return line.slice(0, 400);
  }
}

/** Ends roles that a killed start left running; a pid that by now is somebody else's is left alone. */
export async function endOrphans(stateDir: string): Promise<void> {
  const pids = readJson(path.join(stateDir, 'children.json'));
  if (!Array.isArray(pids)) return;
  await Promise.all(
    pids.map(async (pid) => {
      if (typeof pid === 'number' && commandLine(pid)?.includes(MAIN)) await endProcess(pid, 5_000);
    }),
  );
}
