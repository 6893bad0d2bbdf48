import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { commandLine } from './processes.ts';

/**
 * Marks this process as the one start of a state folder; a mark whose process was killed is taken over.
 * @returns what to call at the end. @throws Error, in French for the terminal, when another start lives there.
 */
export function claimStart(stateDir: string, program: string): () => void {
  const claim = path.join(stateDir, 'start.pid');
  const mine = `${claim}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    for (let tries = 0; tries < 3; tries += 1) {
      try {
        linkSync(mine, claim);
        return () => rmSync(claim, { force: true });
      } catch {
        const holder = holderOf(claim);
        if (commandLine(holder)?.includes(program)) throw alreadyRunning(holder);
        rmSync(claim, { force: true });
      }
    }
    throw alreadyRunning(holderOf(claim));
  } finally {
    rmSync(mine, { force: true });
  }
}

function alreadyRunning(holder: number): Error {
  return new Error(
    `Passerelle tourne déjà dans ce dossier (processus ${holder}). Arrêtez-la avec Ctrl-C, ou ouvrez l’adresse écrite dans .passerelle/state.json.`,
  );
}

function holderOf(claim: string): number {
  try {
    return Number(readFileSync(claim, 'utf8'));
  } catch {
    return 0;
  }
}
