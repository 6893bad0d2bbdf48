import { organisationName, type Scene, type Telling } from './scene.ts';
import type { Situation } from './situation.ts';
import { evaluated, followed, looksBack, meets, threeMonthsLater } from './ways-from-mediation.ts';
import { accepted, asks, assigned, otherAgrees, received, requesterAgrees } from './ways-to-mediation.ts';

// Stories that an organisation decides (spec §5.5): it answers, late or not at all, takes over, or asks first.

/** #3, scenario a: reminders three and seven days after the due day; the answer comes the day after, and they stop. */
export async function* lateLandlord(s: Scene, situation: Situation): Telling {
  yield* received(s, situation);
  yield* assigned(s);
  await asks(s, 'O11');
  yield { workingDays: 18 };
  await s.stage.contact('O11').answers(s.number, {
    reply: 'in_hand',
    action_on: s.dayAfter({ workingDays: 5 }),
    comment: 'Le serrurier est commandé.',
    will_take_part: 'yes',
  });
  const other = {
    kind: 'institution',
    name: 'Vairelle Habitat',
    organisation: 'O11',
    representative: 'Damien Forcalquet',
  } as const;
  yield* requesterAgrees(s, other);
  yield* otherAgrees(s, other);
  yield* meets(s, {
    answers: {
      promisedBy1: 'Vairelle Habitat',
      promised1: 'Remplacer la porte du hall.',
      promisedFor1: s.dayAfter({ days: 30 }),
    },
  });
  yield* followed(s, 'ACCORD_ECRIT', 'La porte est remplacée. Les réponses sont signées d’un nom.');
  yield* evaluated(s, 'ACCORD_ECRIT', 'O11');
  yield* threeMonthsLater(s, 'settled');
}

/** #10: the town answers in four working days, before it is reminded. */
export async function* townAnswers(s: Scene, situation: Situation): Telling {
  yield* received(s, situation);
  yield* assigned(s);
  await asks(s, 'O01');
  yield { workingDays: 4 };
  await s.stage
    .contact('O01')
    .answers(s.number, { reply: 'answered', comment: 'Le calendrier de ramassage est affiché dans les halls.' });
  const other = {
    kind: 'institution',
    name: 'Service propreté',
    organisation: 'O01',
    representative: 'Clarisse Montagnac',
  } as const;
  yield* requesterAgrees(s, other);
  yield* otherAgrees(s, other);
  yield* meets(s);
  yield* followed(s, 'ACCORD_ECRIT', 'Un ramassage le premier mardi du mois, annoncé par affiche.');
  yield* evaluated(s, 'ACCORD_ECRIT', 'O01');
  yield* threeMonthsLater(s, 'settled');
}

/** #12, scenario m: street social work answers « impossible de répondre », which is an answer. */
export async function* outreachUnable(s: Scene, situation: Situation): Telling {
  yield* received(s, situation);
  yield* assigned(s);
  await asks(s, 'O07');
  yield { workingDays: 2 };
  await s.stage.contact('O07').answers(s.number, { reply: 'unable' });
  const other = { kind: 'group', name: 'Les enfants de la placette et leurs parents' } as const;
  yield* requesterAgrees(s, other);
  yield* otherAgrees(s, other);
  yield* meets(s);
  yield* followed(s, 'ACCORD_ORAL');
  yield* evaluated(s, 'ACCORD_ORAL', 'O07');
  yield* threeMonthsLater(s, 'settled');
}

/** #17: somebody who mostly wants to talk; the social centre takes over, with what he allowed to be shared. */
export async function* lonely(s: Scene, situation: Situation): Telling {
  yield* received(s, situation);
  yield* assigned(s);
  yield* requesterAgrees(s, undefined, {
    shareWith: organisationName('O09'),
    shareWhat: 'Mon prénom et mon envie de venir le jeudi.',
    shareFor: 'Être attendu à la première visite.',
  });
  await asks(s, 'O09');
  yield { workingDays: 1 };
  await s.stage.contact('O09').answers(s.number, {
    reply: 'in_hand',
    action_on: s.dayAfter({ workingDays: 3 }),
    comment: 'Nous l’attendons jeudi.',
  });
  yield { workingDays: 5 };
  await s.mediator('clore', {
    outcome: 'RELAIS_PARTENAIRE',
    target: 'Centre social Hautes-Vignes, chaque jeudi',
    reason: 'Le centre social l’accueille chaque jeudi.',
  });
  yield { workingDays: 1 };
  await s.leader('valider');
  yield* looksBack(s, 'Le relais est bien passé.');
}

/** #23: the carrier needs works, and answers within them. */
export async function* brokenRamp(s: Scene, situation: Situation): Telling {
  yield* received(s, situation);
  yield* assigned(s);
  await asks(s, 'O13', 'works');
  yield { workingDays: 8 };
  await s.stage.contact('O13').answers(s.number, {
    reply: 'in_hand',
    action_on: s.dayAfter({ workingDays: 8 }),
    comment: 'La pièce est commandée.',
  });
  const other = {
    kind: 'transport',
    name: 'TransVairelle',
    organisation: 'O13',
    representative: 'Cédric Malval',
  } as const;
  yield* requesterAgrees(s, other);
  yield* otherAgrees(s, other);
  yield* meets(s);
  yield* followed(s, 'ACCORD_ECRIT', 'La palette est réparée, un numéro direct est donné.');
  yield* evaluated(s, 'ACCORD_ECRIT', 'O13');
  yield* threeMonthsLater(s, 'settled');
}

/** #30, scenario b: the référent is away, there is no substitute: the head is asked, then it stands on the agenda of the GO. */
export async function* silentPartner(s: Scene, situation: Situation): Telling {
  await s.stage
    .contact('O12')
    .does('/partenaire/absence', { from_day: s.dayAfter({ workingDays: 1 }), to_day: s.dayAfter({ days: 60 }) });
  yield* received(s, situation);
  yield* assigned(s);
  await asks(s, 'O12');
  yield { workingDays: 24 };
}

/** Scenario g: fifteen years old; nothing is written, the young people's service takes over. */
export async function* minor(s: Scene, situation: Situation): Telling {
  yield* received(s, situation);
  yield* assigned(s);
  await asks(s, 'O10');
  yield { workingDays: 3 };
  await s.stage
    .contact('O10')
    .answers(s.number, { reply: 'in_hand', comment: 'Rendez-vous mercredi, avec une adulte de confiance.' });
  yield { workingDays: 2 };
  await s.mediator('clore', {
    outcome: 'RELAIS_PARTENAIRE',
    target: 'Point accueil écoute jeunes',
    reason: 'Le PAEJ la reçoit, ses parents le savent.',
  });
  yield { workingDays: 1 };
  await s.leader('valider');
  yield* looksBack(s, 'Relais rapide, parents prévenus.');
}

/** Scenario l: the police refer a place and learn that it is taken up, nothing else. */
export async function* referredByPolice(s: Scene, situation: Situation): Telling {
  const police = s.stage.contact('O02');
  const sent = await police.does('/partenaire/saisir/lieu', {
    danger: 'no',
    agent_role: 'Délégué à la cohésion police-population',
    agent_phone: '01 99 00 02 02',
    need: situation.need,
    natures: ['prevent_conflict'],
    categories: situation.categories,
    quarter: situation.quarter,
    facts: `${situation.told} (FICTIF)`,
    done_before: ['talked'],
    expected: ['calm_place'],
    urgency: 'standard',
  });
  await s.arrives(/MS-\d{4}-\d{5,9}/.exec(sent.html)?.[0] ?? '');
  yield { workingDays: 1 };
  await accepted(s, situation, { natures: ['prevent_conflict'] });
  const answer = await police.readsAbout(s.number);
  if (!answer.endsWith('oui')) throw new Error(`the police read « ${answer} »`);
  yield { workingDays: 2 };
  await s.leader('clore', {
    outcome: 'ORIENTE',
    target: 'Tournée de médiation, le vendredi soir',
    reason: 'Une tournée du vendredi soir est décidée.',
  });
}
