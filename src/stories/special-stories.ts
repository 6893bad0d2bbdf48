import town from '../dev/val-riviere.json' with { type: 'json' };
import type { Scene, Telling } from './scene.ts';
import type { Situation } from './situation.ts';
import { Refused } from './story-browser.ts';
import { evaluated, followed, looksBack, mediated, meets, threeMonthsLater } from './ways-from-mediation.ts';
import { accepted, assigned, otherAgrees, received, requesterAgrees, taken } from './ways-to-mediation.ts';

// Stories of mediations that go another way than most (spec §5.5): who leads them, how long they take, what comes of them.

const HALL_12 = town.places.find(({ type }) => type === 'hall')?.code ?? '';

/**
 * #2, scenarios n and i: somebody points the hall out by its poster, without a name; somebody else asks for help. The first mediator lives
 * there and declines; the leader chooses again.
 */
export async function* declinedByNeighbour(s: Scene, situation: Situation): Telling {
  const note = 'Le soir, le hall est plein quand il pleut. (FICTIF)';
  await s.resident.pointsOut(HALL_12, { danger: 'no', need: 'place', categories: ['HALL'], note });
  yield* received(s, situation);
  await s.leader('affecter', { mediator: 'Mireille Tafoiry' });
  yield { workingDays: 1 };
  await s.stage.colleague('Mireille Tafoiry').does(s.caseId, 'decliner', { decline: 'CONFLIT_INTERETS' });
  yield* assigned(s);
  const other = { kind: 'group', name: 'Les jeunes du hall' } as const;
  yield* requesterAgrees(s, other);
  yield* otherAgrees(s, other);
  yield* meets(s);
  yield* followed(s, 'APAISE');
  yield* evaluated(s, 'APAISE');
  yield* threeMonthsLater(s, 'settled');
}

/** #9, scenario j: whoever has no verified qualification cannot lead; the leader takes somebody who can, and that person as second (R40). */
export async function* cannotLead(s: Scene, situation: Situation): Telling {
  yield* received(s, situation);
  try {
    await s.leader('affecter', { mediator: 'Bastien Coudrelle' });
    throw new Error('somebody without a verified qualification was proposed');
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 422) throw error;
  }
  await s.leader('affecter', { mediator: s.cast.mediator, second: 'Bastien Coudrelle' });
  yield { workingDays: 1 };
  yield* taken(s);
  const other = {
    kind: 'institution',
    name: 'Collège des Deux-Rives',
    organisation: 'O14',
    representative: 'Élise Quintard',
  } as const;
  yield* requesterAgrees(s, other);
  yield* otherAgrees(s, other);
  yield* meets(s);
  yield* followed(s, 'ACCORD_ORAL');
  yield* evaluated(s, 'ACCORD_ORAL');
  yield* threeMonthsLater(s, 'settled');
}

/** #11, scenario f: an interpreter for tamazight, an oral agreement. */
export async function* withInterpreter(s: Scene, situation: Situation): Telling {
  const spoken = { language: 'zgh', interpreterRef: 'Interprète de l’association Tilelli' };
  yield* mediated(
    s,
    { ...situation, answers: { spoken_language: 'zgh', interpreter: 'yes' } },
    { kind: 'household', name: 'La famille Azoulay' },
    { outcome: 'APAISE', requester: spoken },
  );
}

/** #19: two meetings, and no agreement (T22). */
export async function* fails(s: Scene, situation: Situation): Telling {
  yield* received(s, situation);
  yield* assigned(s);
  const other = { kind: 'group', name: 'Les habitués des bancs' } as const;
  yield* requesterAgrees(s, other);
  yield* otherAgrees(s, other);
  yield* meets(s, { progress: 'blocked' });
  yield* meets(s, { progress: 'setback' });
  await s.mediator('clore', { outcome: 'ECHEC', reason: 'Les positions ne bougent pas.' });
  yield { workingDays: 1 };
  await s.leader('valider');
  yield* looksBack(s, 'Y revenir avec les commerçants au printemps.', { result: '2' });
}

/** #24: sixty-two working days, still talking; the leader is reminded of the review at sixty, and holds it. */
export async function* stillTalking(s: Scene, situation: Situation): Telling {
  const until = s.stage.clock.after(s.stage.today, { workingDays: 62 });
  yield* received(s, situation);
  yield* assigned(s);
  const other = {
    kind: 'institution',
    name: 'Ville de Val-Rivière',
    organisation: 'O01',
    representative: 'Odile Sartène',
  } as const;
  yield* requesterAgrees(s, other);
  yield* otherAgrees(s, other);
  yield* meets(s, { progress: 'proposing' });
  yield { workingDays: 8 };
  yield* meets(s, { progress: 'partial' });
  yield { workingDays: 8 };
  yield* meets(s, { progress: 'partial' });
  yield { until };
  await s.leader('point');
}

/** #25: the agreements are being gathered. */
export async function* gathering(s: Scene, situation: Situation): Telling {
  yield* received(s, situation);
  yield* assigned(s);
  yield* requesterAgrees(s, { kind: 'group', name: 'Les cyclistes du halage' });
  yield { workingDays: 5 };
  await s.mediator('contact', {
    party: 'Les cyclistes',
    way: 'visit',
    reached: 'yes',
    note: 'Rencontrés dimanche, ils réfléchissent.',
  });
}

/** #27, scenario e: three months later it is worse, and the case is opened again. */
export async function* relapse(s: Scene, situation: Situation): Telling {
  yield* received(s, situation);
  yield* assigned(s);
  const other = { kind: 'group', name: 'Les adolescents du terrain' } as const;
  yield* requesterAgrees(s, other);
  yield* otherAgrees(s, other);
  yield* meets(s);
  yield* followed(s, 'DIALOGUE_REPRIS');
  yield* evaluated(s, 'DIALOGUE_REPRIS');
  yield* threeMonthsLater(s, 'worse');
  yield { workingDays: 1 };
  await accepted(s, situation);
  yield* assigned(s);
}
