import type { Scene, Telling } from './scene.ts';
import type { Situation } from './situation.ts';
import { looksBack } from './ways-from-mediation.ts';
import { asks, asksForHelp, assigned, received, requesterAgrees } from './ways-to-mediation.ts';

// Stories that end before any mediation (spec §5.5): who does not wish it, who stops, who needed something else.

/** #8, scenario c: the other side does not wish it; neutral ending, its contact is erased a month later. */
export async function* refused(s: Scene, situation: Situation): Telling {
  yield* received(s, situation);
  yield* assigned(s);
  const other = { kind: 'person', name: 'Fernand Joubert' } as const;
  yield* requesterAgrees(s, other);
  yield { workingDays: 3 };
  await s.mediator('accord', { party: other.name, takePart: 'no', mode: 'oral', language: 'fr' });
  yield { workingDays: 1 };
  await s.mediator('clore', {
    outcome: 'NON_ENGAGEE_REFUS_AUTRE',
    reason: 'L’autre côté ne le souhaite pas, c’est son droit.',
  });
  yield { workingDays: 1 };
  await s.leader('valider');
  yield* looksBack(s, 'Le refus est bien reçu.');
  yield { days: 34 };
}

/** #15, #22: being listened to was enough (T14). */
export async function* listenedTo(s: Scene, situation: Situation): Telling {
  yield* received(s, situation);
  yield* assigned(s);
  yield { workingDays: 2 };
  await s.mediator('clore', { outcome: 'RESOLU_ECOUTE', reason: 'La démarche est comprise, un rendez-vous est pris.' });
  yield { workingDays: 1 };
  await s.leader('valider');
  yield* looksBack(s, 'Écouter suffisait.');
}

/** #26: one side moves away (T33). */
export async function* movedAway(s: Scene, situation: Situation): Telling {
  yield* received(s, situation);
  yield* assigned(s);
  yield* requesterAgrees(s, { kind: 'person', name: 'Yves Morandin, propriétaire' });
  yield { workingDays: 4 };
  await s.mediator('clore', { outcome: 'DEMENAGEMENT', reason: 'La personne a quitté la résidence.' });
  yield { workingDays: 1 };
  await s.leader('valider');
  yield* looksBack(s, 'Rien à reprendre.');
}

/** #29, scenario d: stopped with one click by whoever asked; every request, link and reminder ends with it. */
export async function* withdrawn(s: Scene, situation: Situation): Telling {
  yield* received(s, situation);
  yield* assigned(s);
  yield* requesterAgrees(s, {
    kind: 'institution',
    name: 'Centre culturel',
    organisation: 'O09',
    representative: 'Éric Lemaure',
  });
  await asks(s, 'O15');
  yield { workingDays: 2 };
  await s.resident.does('/suivi/arreter', { choice: 'stop' });
  // The next morning the mediator takes note, and calls the other side, which has no mailbox.
  yield { workingDays: 1 };
}

/** Scenario h: in danger; the leader decides at once, mediation is not the way. */
export async function* inDanger(s: Scene, situation: Situation): Telling {
  await asksForHelp(s, situation);
  yield { workingDays: 1 };
  await s.leader('lire');
  await s.leader('decision', {
    decision: 'orient',
    reason: 'Appelée sur son portable : le 3919 et l’accueil de jour sont donnés.',
  });
  await s.leader('clore', { outcome: 'DANGER_ORIENTE', reason: 'Hors médiation.' });
}
