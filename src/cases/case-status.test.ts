import { test as propertyTest } from '@fast-check/vitest';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ACTIVE_STATES, CASE_STATES, type CaseActor, decide, TRANSITIONS, type TransitionName } from './case-status.ts';

const NAMES = Array.from({ length: 35 }, (_, index): TransitionName => `T${index + 1}` as TransitionName);
const ACTORS: CaseActor[] = ['requester', 'partner', 'mediator', 'leader', 'timer', 'service'];

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

  test('nobody but the leader triages', () => {
    for (const actor of ACTORS.filter((candidate) => candidate !== 'leader')) {
      for (const name of ['T3', 'T4', 'T7', 'T9', 'T10'] as const) {
        const [state] = TRANSITIONS[name].from;
        expect(decide(name, actor, { state, formerState: null })).toEqual({ allowed: false, refusal: 'not_your_case' });
      }
    }
  });

  propertyTest.prop([
    fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...ACTORS)), { minLength: 1, maxLength: 60 }),
  ])('invariant 1 of §4.13: no sequence of commands reaches mediation while agreements are not built', (moves) => {
    let state: (typeof CASE_STATES)[number] = 'received';
    let formerState: (typeof CASE_STATES)[number] | null = null;
    for (const [name, actor] of moves) {
      const decision = decide(name, actor, { state, formerState });
      if (!decision.allowed) continue;
      if (decision.to !== state) [state, formerState] = [decision.to, state];
      expect(['agreements', 'mediation', 'support', 'follow_up', 'evaluation']).not.toContain(state);
    }
  });
});
