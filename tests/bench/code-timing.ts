import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startPostgres } from '../../src/dev/postgres.ts';
import { newRandomCode } from '../../src/privacy/case-code.ts';
import { WIDE } from '../support/limits.ts';
import { submit } from '../support/request.ts';
import { testTown } from '../support/town.ts';
import { Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// `npm run bench:codes`: can the time of an answer tell a code that was replaced from one that never was (/suivi), or a number and an address that
// belong together from two that do not (lost code)? The area under the curve of both, 0.5 being a coin: security.md B-41 asks for less than 0.55.
// In pairs, in random order, without a network: the best an attacker could see.

const PAIRS = 400;
/** A mail that is being written after its answer is over before the next one is asked. */
const REST_MS = 25;

const dir = mkdtempSync(path.join(os.tmpdir(), 'passerelle-bench-'));
const postgres = await startPostgres({ dir: path.join(dir, 'postgres'), durable: true });
const parts = path.join(dir, 'parts.json');
writeFileSync(parts, JSON.stringify({ adminUrl: postgres.adminUrl }));
process.env['PASSERELLE_TEST_PARTS'] = parts;
const town = await testTown('timing');
const app = await webApp(town, true, undefined, WIDE);

async function timeOf(at: string, fields: Record<string, string>): Promise<number> {
  const visitor = new Visitor(app);
  const begun = performance.now();
  await visitor.post(at, fields);
  const took = performance.now() - begun;
  await new Promise((resolve) => setTimeout(resolve, REST_MS));
  return took;
}

/** How often a time of the one is longer than a time of the other: 0.5 when nothing can be told, in whichever direction. */
function areaOf(one: readonly number[], other: readonly number[]): number {
  let longer = 0;
  for (const a of one) for (const b of other) longer += a > b ? 1 : a === b ? 0.5 : 0;
  const area = longer / (one.length * other.length);
  return Math.max(area, 1 - area);
}

async function compared(name: string, known: () => Promise<number>, unknown: () => Promise<number>): Promise<number> {
  const times = { known: [] as number[], unknown: [] as number[] };
  for (let pair = 0; pair < PAIRS; pair += 1)
    for (const kind of Math.random() < 0.5 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const))
      times[kind].push(await (kind === 'known' ? known() : unknown()));
  // The first tenth warms up.
  const area = areaOf(times.known.slice(PAIRS / 10), times.unknown.slice(PAIRS / 10));
  console.log(`${name.padEnd(46)} AUC ${area.toFixed(3)}`);
  return area;
}

const { caseId, code = '', number } = await submit(town);
await town.owner.updateTable('access').set({ ended_at: new Date() }).where('case_id', '=', caseId).execute();
const pairOf = (email: string) => timeOf('/suivi/code-perdu', { number, email });
const areas = [
  await compared('/suivi: a replaced code, an unknown one', () => timeOf('/suivi', { code }), () => timeOf('/suivi', { code: newRandomCode() })), // prettier-ignore
  await compared('lost code: a pair that fits, one that does not', () => pairOf('rosa@courriel.example'), () => pairOf('rose@courriel.example')), // prettier-ignore
];
await town.close();
await postgres.stop();
rmSync(dir, { recursive: true, force: true });
process.exit(areas.some((area) => area >= 0.55) ? 1 : 0);
