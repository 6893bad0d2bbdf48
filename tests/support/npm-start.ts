import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandLine, endProcess, eventually, isAlive } from '../../src/dev/processes.ts';
import type { Addresses } from '../../src/dev/say.ts';
import { readJson } from '../../src/dev/state-file.ts';
import { temporalAddress } from './parts.ts';

const START = fileURLToPath(new URL('../../src/dev/start.ts', import.meta.url));

export type Started = { child: ChildProcess; said: () => string; ended: Promise<number | null> };

/** A clone of its own, as far as `npm start` can see: a state folder, and every process it started ended with it. */
export class Clone {
  readonly dir = mkdtempSync(path.join(os.tmpdir(), 'passerelle-start-'));
  readonly #groups: ChildProcess[] = [];

  constructor() {
    // PostgreSQL's own account must be able to enter the folder when root runs the tests.
    chmodSync(this.dir, 0o711);
  }

  /** `npm start` in a process group of its own, as a shell would make it, on the run's Temporal server. */
  async start(given: Record<string, string> = {}): Promise<Started> {
    const env = {
      ...process.env,
      PASSERELLE_STATE_DIR: this.dir,
      TEMPORAL_ADDRESS: await temporalAddress(),
      TEMPORAL_TASK_QUEUE: path.basename(this.dir),
      ...given,
    };
    const child = spawn(process.execPath, ['--import', 'tsx', START], { env, detached: true, stdio: 'pipe' });
    this.#groups.push(child);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
    return { child, said: () => said, ended };
  }

  /** The same, and waits until it says that it is open. */
  async open(given: Record<string, string> = {}): Promise<Started> {
    const started = await this.start(given);
    const seen = await eventually(90_000, async () =>
      started.said().includes('Passerelle est ouverte') || started.child.exitCode !== null ? true : undefined,
    );
    if (!seen || started.child.exitCode !== null) throw new Error(started.said());
    return started;
  }

  get state(): Addresses {
    // Written by src/dev/start.ts, whose type is Addresses.
    return readJson(path.join(this.dir, 'state.json')) as Addresses;
  }

  postgresPid(): number {
    try {
      return Number(readFileSync(path.join(this.dir, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);
    } catch {
      return 0;
    }
  }

  /** The pids of web, worker and relay that live. */
  roles(): number[] {
    const pids = readJson(path.join(this.dir, 'children.json'));
    return Array.isArray(pids) ? pids.filter((pid): pid is number => typeof pid === 'number' && isAlive(pid)) : [];
  }

  async remove(): Promise<void> {
    for (const { pid } of this.#groups) if (pid && isAlive(pid)) process.kill(-pid, 'SIGKILL');
    const postgres = this.postgresPid();
    if (commandLine(postgres)?.includes(this.dir)) await endProcess(postgres, 5_000, 'SIGINT');
    rmSync(this.dir, { recursive: true, force: true });
  }
}
