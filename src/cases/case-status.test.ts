import { test as propertyTest } from '@fast-check/vitest';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ACTIVE_STATES,
  CASE_STATES,
  type CaseActor,
  decide,
  type Transition,
  TRANSITIONS,
  type TransitionName,
} from './case-status.ts';

const NAMES = Array.from({ length: 35 }, (_, index): TransitionName => `T${index + 1}` as TransitionName);
const ACTORS: CaseActor[] = ['requester', 'party', 'partner', 'mediator', 'leader', 'timer', 'service'];

describe('the transition table', () => {
  test('lists T1 to T35, each once', () => {
    expect(Object.keys(TRANSITIONS)).toEqual(NAMES);
  });

  test('R30, T32: the requester can withdraw from every active state', () => {
    for (const state of ACTIVE_STATES) {
      expect(decide('T32', 'requester', { state, formerState: null })).toEqual({ allowed: true, to: 'closed' });
    }
  });

  test('transitions not built yet refuse with a code of their own, from every state', () => {
    for (const name of NAMES.filter((candidate) => !TRANSITIONS[candidate].built)) {
      for (const state of CASE_STATES) {
        for (const actor of ACTORS) {
          expect(decide(name, actor, { state, formerState: null })).toEqual({ allowed: false, refusal: 'not_built' });
        }
      }
    }
  });

  test('T35 gives back the state before the mistake, and refuses when there is none', () => {
    expect(decide('T35', 'leader', { state: 'closed', formerState: 'first_contact' })).toEqual({
      allowed: true,
      to: 'first_contact',
    });
    expect(decide('T35', 'leader', { state: 'closed', formerState: null }).allowed).toBe(false);
  });

  test('spec §3.6: where somebody of the family is feared nothing leads to a mediation, and everything else stays', () => {
    const led: string[] = [];
    for (const name of NAMES) {
      for (const state of CASE_STATES) {
        for (const actor of ACTORS) {
          const current = { state, formerState: 'mediation' } as const;
          const before = decide(name, actor, current);
          const feared = decide(name, actor, { ...current, familyDanger: true });
          if (!before.allowed || feared.allowed) expect(feared).toEqual(before);
          else {
            expect(feared.refusal).toBe('out_of_mediation');
            led.push(name);
          }
          if (feared.allowed && feared.to !== state)
            expect(['assigned', 'agreements', 'mediation']).not.toContain(feared.to);
        }
      }
    }
    expect([...new Set(led)]).toEqual(['T8', 'T9', 'T10', 'T15', 'T16', 'T19', 'T26', 'T34', 'T35']);
  });

  test('nobody but the leader triages', () => {
    for (const actor of ACTORS.filter((candidate) => candidate !== 'leader')) {
      for (const name of ['T3', 'T4', 'T7', 'T9', 'T10'] as const) {
        const [state] = TRANSITIONS[name].from;
        expect(decide(name, actor, { state, formerState: null })).toEqual({ allowed: false, refusal: 'not_your_case' });
      }
    }
  });

  test('invariant 1 of §4.13: T16 and T26 alone lead to mediation, and T35 back to it', () => {
    const leading = NAMES.filter((name) => TRANSITIONS[name].to === 'mediation');
    expect(leading).toEqual(['T16', 'T26']);
    expect(TRANSITIONS.T16.from).toEqual(['agreements']);
    expect(TRANSITIONS.T26.from).toEqual(['follow_up']);
  });

  test('T20: a support leads to the checks, or is closed by the leader; nothing else has a choice', () => {
    const support = { state: 'support', formerState: null } as const;
    expect(decide('T20', 'mediator', support)).toEqual({ allowed: true, to: 'follow_up' });
    expect(decide('T20', 'leader', support, 'closed')).toEqual({ allowed: true, to: 'closed' });
    expect(decide('T22', 'leader', { state: 'mediation', formerState: null }, 'follow_up')).toEqual({
      allowed: true,
      to: 'closed',
    });
  });

  propertyTest.prop([fc.constantFrom(...CASE_STATES), fc.constantFrom(...NAMES), fc.constantFrom(...ACTORS)])(
    'a transition is taken from its own states and by its own people, or refused with a code',
    (state, name, actor) => {
      const decision = decide(name, actor, { state, formerState: null });
      const transition: Transition = TRANSITIONS[name];
      const possible = transition.from.includes(state) && transition.by.includes(actor) && transition.built;
      expect(decision.allowed).toBe(possible && transition.to !== 'former');
    },
  );
});
