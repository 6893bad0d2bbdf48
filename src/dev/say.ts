import type { BuildProgress } from './temporal-build.ts';

// What `npm start` says on the terminal, in French like every page it opens.

export type Addresses = {
  web: string;
  mailbox: string;
  smtp: string;
  postgres: string;
  temporal: string;
  temporalUi: string | null;
};

export function say(text: string): void {
  console.log(text);
}

export function announce(state: Addresses, stateDir: string): void {
  say(`
  Passerelle est ouverte : ${state.web}
  Les personnes inventées : ${state.web}/demo (entrer en un clic, avancer le temps)
  Le courrier envoyé      : ${state.mailbox || state.smtp}

  À essayer d’abord : ouvrez la page, choisissez une porte, envoyez une demande, lisez
  l’accusé dans le courrier, puis suivez la demande avec le code du reçu.
  Ctrl-C arrête tout ; les données et les journaux restent dans ${stateDir}.
`);
}

/** One line that moves on a terminal; elsewhere (a log, a test) one line each quarter of a minute. */
export function progressBar(): (progress: BuildProgress) => void {
  const moving = process.stdout.isTTY === true;
  let shownAt = 0;
  return ({ done, total, secondsLeft }) => {
    const isLast = total > 0 && done === total;
    if (!isLast && Date.now() - shownAt < (moving ? 250 : 15_000)) return;
    shownAt = Date.now();
    const line = `Serveur Temporal, construit une fois pour cette machine : ${barOf(done, total)}${timeLeft(secondsLeft)}`;
    if (moving) process.stdout.write(`\r\x1b[2K${line}${isLast ? '\n' : ''}`);
    else say(line);
  };
}

function barOf(done: number, total: number): string {
  if (total === 0) return 'téléchargement des sources…';
  return `${'█'.repeat(Math.round((done / total) * 24)).padEnd(24, '·')} ${done} paquets sur ${total}`;
}

function timeLeft(seconds: number | undefined): string {
  if (seconds === undefined) return '';
  return seconds < 90 ? `, encore ${seconds} s` : `, encore ${Math.ceil(seconds / 60)} min`;
}
