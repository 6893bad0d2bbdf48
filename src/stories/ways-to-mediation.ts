import { setTimeout as wait } from 'node:timers/promises';
import type { Answers } from './page-form.ts';
import { organisationName, type Scene, type Telling } from './scene.ts';
import { f1, type OtherSide, type Situation } from './situation.ts';

// The chapters most stories begin with. Each is what people do on their pages, and what they wait for in between.

/** The form, at the pace of a person: whoever answers seven screens at once is a program (B-38). */
export async function asksForHelp(s: Scene, situation: Situation): Promise<void> {
  await s.resident.opensForm();
  await wait(3_100);
  await s.resident.asks(f1(situation));
  await s.arrives(s.resident.number);
}

/** T1–T9: the form, and the leader who reads it in time. */
export async function* received(s: Scene, situation: Situation): Telling {
  await asksForHelp(s, situation);
  yield { workingDays: 1 };
  await accepted(s, situation);
}

export async function accepted(
  s: Scene,
  { need, domain, complexity, tension }: Situation,
  extra: Answers = {},
): Promise<void> {
  const natures = [need === 'link' ? 'create_tie' : 'settle_conflict'];
  await s.leader('accepter', { domain, complexity, tension, natures, ...extra });
}

/** T10–T12, and the first contact (R40). */
export async function* assigned(s: Scene): Telling {
  await s.leader('affecter', { mediator: s.cast.mediator });
  yield { workingDays: 1 };
  yield* taken(s);
}

export async function* taken(s: Scene): Telling {
  await s.mediator('prendre');
  yield { workingDays: 1 };
  await s.mediator('contact', { way: 'phone', reached: 'yes', note: 'Premier échange, la démarche est expliquée.' });
}

const EXPLAINED = ['role', 'free', 'freedom', 'secrecy', 'stop', 'data'];

/** T15: the requester agrees, item by item; the other side is written down, told where its data come from, and asked. */
export async function* requesterAgrees(s: Scene, other: OtherSide | undefined, extra: Answers = {}): Telling {
  await s.mediator('accord', {
    ...agreement('yes'),
    ...(other
      ? { contactOther: 'yes', maySay: 'La situation pèse depuis longtemps ; l’envie d’en parler calmement.' }
      : {}),
    ...extra,
  });
  if (!other) return;
  yield { workingDays: 1 };
  await s.mediator('partie', {
    kind: other.kind,
    name: `${other.name} (FICTIF)`,
    ...(other.organisation ? { organisation: organisationName(other.organisation) } : {}),
    ...(other.representative ? { representative: other.representative } : {}),
  });
  await s.mediator('informer', { how: 'letter' });
}

function agreement(takePart: 'yes' | 'no'): Answers {
  return { takePart, explained: EXPLAINED, mode: 'oral', language: 'fr', recontact: 'yes', copyGiven: 'yes' };
}

/** The other side says yes before the mediator; T16. */
export async function* otherAgrees(s: Scene, other: OtherSide, extra: Answers = {}): Telling {
  yield { workingDays: 3 };
  await s.mediator('accord', {
    ...agreement('yes'),
    party: other.name,
    ...(other.representative ? { mandate: 'yes' } : {}),
    ...extra,
  });
  yield { workingDays: 1 };
  await s.mediator('mediation');
}

const question = 'Que peut faire votre structure, et pour quand ?';

/** F5: the mediator asks an organisation. */
export async function asks(
  s: Scene,
  organisation: string,
  urgency: 'standard' | 'urgent' | 'works' = 'standard',
): Promise<void> {
  await s.mediator('solliciter', { organisation: organisationName(organisation), urgency, question });
}
