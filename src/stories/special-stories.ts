import { type Scene, type Telling, organisationName } from './scene.ts';
import { Refused } from './story-browser.ts';
import {
  accepted,
  asksForHelp,
  assigned,
  evaluated,
  followed,
  looksBack,
  mediated,
  meets,
  otherAgrees,
  received,
  requesterAgrees,
  type Situation,
  taken,
  threeMonthsLater,
} from './ways.ts';

// Stories that go another way than most (spec §5.5): who refuses, who is silent, who stops, who comes back.

const question = 'Que peut faire votre structure, et pour quand ?';

async function asks(
  s: Scene,
  organisation: string,
  urgency: 'standard' | 'urgent' | 'works' = 'standard',
): Promise<void> {
  await s.mediator('solliciter', { organisation: organisationName(organisation), urgency, question });
}

/** #2, scenario i: the first mediator lives there and declines; the leader chooses again. */
export async function* declinedByNeighbour(s: Scene, situation: Situation): Telling {
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

/** #24: sixty-two days, still talking; the leader holds the review at sixty. */
export async function* stillTalking(s: Scene, situation: Situation): Telling {
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
  yield { days: 19 };
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

/** Scenario l: the police refer a place and learn that it is taken up, nothing else. */
export async function* referredByPolice(s: Scene, situation: Situation): Telling {
  const police = s.stage.contact('O02');
  const sent = await police.does('/partenaire/saisir/lieu', {
    danger: 'no',
    agent_role: 'Délégué à la cohésion police-population',
    agent_phone: '01 99 00 02 02',
    need: situation.need,
    categories: situation.categories,
    quarter: situation.quarter,
    facts: `${situation.told} (FICTIF)`,
    done_before: ['talked'],
    expected: ['calm_place'],
    urgency: 'standard',
  });
  await s.arrives(/MS-\d{4}-\d{5,9}/.exec(sent.html)?.[0] ?? '');
  yield { workingDays: 1 };
  await accepted(s, situation);
  const answer = await police.readsAbout(s.number);
  if (!answer.endsWith('oui')) throw new Error(`the police read « ${answer} »`);
  yield { workingDays: 2 };
  await s.leader('clore', {
    outcome: 'ORIENTE',
    target: 'Tournée de médiation, le vendredi soir',
    reason: 'Une tournée du vendredi soir est décidée.',
  });
}
