/** Example rows of the gallery, after spec §5. */
import { StatusChip } from './chips.tsx';
import type { TimelineEntry } from './timeline.tsx';
import type { Section } from './work-bar.tsx';
import type { WorklistGroup, WorklistRow } from './worklist-table.tsx';

export const sections: readonly Section[] = [
  { href: '/equipe', label: 'À faire', isCurrent: true },
  { href: '/equipe/demandes', label: 'Demandes', isCurrent: false },
];

function row(label: string, about: string, rest: Pick<WorklistRow, 'due' | 'waitingFor' | 'since' | 'otherwise'>) {
  return { task: { label, href: '#' }, about, ...rest };
}

export const worklistGroups: readonly WorklistGroup[] = [
  {
    kind: 'late',
    rows: [
      row('Obtenir la réponse du bailleur', 'MS-2026-00087 · Logement · Les Peupliers', {
        due: { kind: 'late', label: 'mar. 24 nov.', datetime: '2026-11-24' },
        waitingFor: { name: 'Vairelle Habitat' },
        since: 'Damien Forcalquet, et sa suppléante depuis le 27 nov.',
        otherwise: 'Jeu. 3 déc., 9 h : Hervé Lantier, responsable, reçoit la question.',
      }),
    ],
  },
  {
    kind: 'today',
    day: 'lundi 30 novembre',
    rows: [
      {
        ...row('Choisir le médiateur', 'MS-2026-00121 · Hall · 12 allée des Peupliers', {
          due: { kind: 'tonight', label: 'lun. 30 nov.', datetime: '2026-11-30' },
          waitingFor: { you: true },
          since: 'acceptée ven. 27 nov.',
          otherwise: 'Rappel demain à 9 h, puis chaque jour.',
        }),
        chip: <StatusChip>tension 3 : à deux</StatusChip>,
      },
    ],
  },
  {
    kind: 'tomorrow',
    day: 'mardi 1er décembre',
    rows: [
      row('Tenter le premier contact', 'MS-2026-00123 · Bruit · Les Peupliers', {
        due: { kind: 'neutral', label: 'mar. 1er déc.', datetime: '2026-12-01' },
        waitingFor: { name: 'Julien Marcastel' },
        since: 'accepté jeu. 26 nov., aucun essai noté',
        otherwise: 'Mer. 2 déc. : vous êtes prévenue.',
      }),
    ],
  },
];

export const timelineEntries: readonly TimelineEntry[] = [
  {
    kind: 'planned',
    date: 'jeu. 3 déc.',
    time: '9 h',
    datetime: '2026-12-03T08:00:00Z',
    what: 'Relance 2 à Hervé Lantier, responsable',
  },
  { kind: 'now', date: 'lun. 30 nov.', datetime: '2026-11-30', what: 'On attend Vairelle Habitat' },
  {
    kind: 'escalation',
    date: 'ven. 27 nov.',
    time: '9 h 04',
    datetime: '2026-11-27T08:04:00Z',
    what: 'Relance 1 : le référent et sa suppléante',
    detail: 'À Damien Forcalquet et Brigitte Mounier. Remis aux deux.',
  },
  {
    kind: 'act',
    sign: 'phone',
    date: 'jeu. 26 nov.',
    time: '14 h 20',
    datetime: '2026-11-26T13:20:00Z',
    what: 'Appel avec la personne, 12 minutes',
    detail: 'Awa Diarrassy. Tension 3.',
    note: {
      text: 'Aucune date reçue à ce jour. Souhaite continuer.',
      readBy: 'Lu par la médiatrice et la responsable.',
    },
  },
  {
    kind: 'mail',
    date: 'mar. 24 nov.',
    time: '9 h 02',
    datetime: '2026-11-24T08:02:00Z',
    what: 'Message envoyé : « réponse attendue aujourd’hui »',
    detail: 'À Damien Forcalquet. Remis.',
  },
  {
    kind: 'mail-skipped',
    date: 'ven. 20 nov.',
    time: '9 h',
    datetime: '2026-11-20T08:00:00Z',
    what: 'Message non envoyé',
    detail: 'Vairelle Habitat avait déjà reçu un message ce jour-là. Un seul par structure et par jour.',
  },
];
