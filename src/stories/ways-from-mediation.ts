import type { Answers } from './page-form.ts';
import type { Scene, Telling } from './scene.ts';
import type { OtherSide, Situation } from './situation.ts';
import { assigned, otherAgrees, received, requesterAgrees } from './ways-to-mediation.ts';

// The chapters from the first meeting on, and the whole way of most stories.

/** A meeting of both sides, its invitation and reminders, its note (F4). */
export async function* meets(s: Scene, options: { progress?: string; answers?: Answers } = {}): Telling {
  const day = s.dayAfter({ workingDays: 5 });
  const when = { day, hour: '14 h 30', minutes: '60' };
  const parties = await s.stage.colleague(s.cast.mediator).offered(s.caseId, 'rencontre', 'parties');
  await s.mediator('rencontre', { sessionMode: 'joint', parties, ...when, place: 'Maison de quartier, salle 2' });
  yield { workingDays: 6 };
  const [session = ''] = (await s.stage.colleague(s.cast.mediator).offered(s.caseId, 'note', 'session')).filter(
    Boolean,
  );
  await s.mediator('note', {
    ...when,
    session,
    noteMode: 'joint',
    present: parties,
    tensionBefore: '2',
    tensionAfter: '1',
    progress: options.progress ?? 'agreement',
    note: 'Chacun a pu dire ce qui compte pour lui.',
    ...options.answers,
  });
}

/** F6 of everybody who takes part, one after the other: what follows is decided with the last. */
async function takesNews(s: Scene, said: Answers): Promise<void> {
  const parties = await s.stage.colleague(s.cast.mediator).offered(s.caseId, 'nouvelles', 'party');
  for (const party of parties) {
    const last = party === parties.at(-1);
    await s.mediator('nouvelles', {
      way: 'phone',
      reached: 'yes',
      ...said,
      party,
      next: last ? (said['next'] ?? 'go_on') : 'go_on',
    });
  }
}

/** F9: each their column, then what both conclude when they meet, and the mediator's word that it was read (R57). */
export async function* looksBack(s: Scene, conclusion: string, mediator: Answers = {}): Telling {
  const work = { freedom: '4', impartiality: '4', partners: 'none', timing: '3', notes: '3', safety: '4', result: '3' };
  await s.mediator('bilan', { ...work, hoursSpent: '6', mediatorsNeeded: '1', ...mediator });
  yield { workingDays: 2 };
  await s.leader('bilan', work);
  yield { workingDays: 3 };
  await s.leader('conclusion', { metOn: s.dayAfter({ days: 0 }), conclusion });
  yield { workingDays: 1 };
  await s.mediator('confirmer-bilan');
}

/** T21 and the checks after ten days and a month (R16). */
export async function* followed(s: Scene, result: string, agreedText?: string): Telling {
  await s.mediator('suivi', { result, ...(agreedText ? { agreedText } : {}) });
  for (const [check, days] of [
    ['d10', 10],
    ['m1', 21],
  ] as const) {
    yield { days };
    await takesNews(s, { check, situation: 'better', kept: 'all', score: check === 'd10' ? '6' : '7', next: 'go_on' });
  }
}

/**
 * T27, T28: opinions, the mediator's own look back, the leader's validation and evaluation (F7, F9).
 * @param partner the organisation that was asked, whose opinion is asked too (F8).
 */
export async function* evaluated(s: Scene, outcome: string, partner?: string): Telling {
  await s.mediator('evaluation');
  yield { workingDays: 2 };
  await s.resident.does('/suivi/avis', {
    listened: '5',
    could_say: '4',
    situation: 'better',
    relation: '7',
    would_advise: 'yes',
    words: '',
  });
  if (partner)
    await s.stage.contact(partner).opines(s.number, {
      useful: '4',
      information: 'enough',
      delay_ok: 'yes',
      exchange_easier: '4',
      call_again: 'yes',
    });
  yield { workingDays: 11 };
  const scores = await s.stage.colleague(s.cast.mediator).offered(s.caseId, 'clore', 'scores');
  await s.mediator('clore', {
    outcome,
    reason: 'Les deux côtés disent que la situation va mieux.',
    scores: scores.filter((score) => score.endsWith('.7')),
    tension: '1',
  });
  yield { workingDays: 1 };
  await s.leader('valider');
  yield* looksBack(s, 'Suivi régulier, notes claires.');
}

/** The check after three months, which comes after the closing; when it is worse, the case is opened again in the same act (T29). */
export async function* threeMonthsLater(s: Scene, situation: 'better' | 'settled' | 'worse'): Telling {
  yield { days: 38 };
  await takesNews(s, {
    check: 'm3',
    situation,
    score: situation === 'worse' ? '2' : '8',
    next: situation === 'worse' ? 'resume_mediation' : 'close',
  });
}

/** The whole way of a mediation that brings something. */
export async function* mediated(
  s: Scene,
  situation: Situation,
  other: OtherSide,
  ending: { outcome: string; agreed?: string; requester?: Answers; side?: Answers },
): Telling {
  yield* received(s, situation);
  yield* assigned(s);
  yield* requesterAgrees(s, other, ending.requester);
  yield* otherAgrees(s, other, ending.side);
  yield* meets(s);
  yield* followed(s, ending.outcome, ending.agreed);
  yield* evaluated(s, ending.outcome);
  yield* threeMonthsLater(s, 'settled');
}
