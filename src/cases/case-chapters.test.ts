import { describe, expect, test } from 'vitest';
import { CASE_STAGES, type CaseStage, chapterOf } from '../../workflows/case-stages.ts';
import { CHAPTERS } from '../../workflows/chapters.ts';
import { RIGHTS_STAGES } from '../../workflows/rights-request.messages.ts';
import { RIGHTS_STATES } from '../rights/rights-status.ts';
import { CASE_STATES, type CaseState, type Transition, TRANSITIONS } from './case-status.ts';

const led = async (from: CaseStage, to: CaseStage | 'over') => {
  const chapter = chapterOf(from);
  return chapter === 'over' ? undefined : CHAPTERS[chapter](() => Promise.resolve(to));
};

/** Where one act may lead from a state, by the table of the state machine. */
function oneActFrom(from: CaseState): Set<CaseState> {
  const found = new Set<CaseState>();
  for (const { from: states, to, orTo, built } of Object.values(TRANSITIONS) as Transition[]) {
    if (!built || !states.includes(from)) continue;
    for (const next of [to, orTo]) {
      if (next === 'former') for (const state of CASE_STATES) found.add(state);
      else if (next !== undefined) found.add(next === 'same' ? from : next);
    }
  }
  return found;
}

describe('§4.3: the chapters of the workflow referral are those of the state machine', () => {
  test('a workflow knows every state', () => {
    expect(CASE_STAGES).toEqual(CASE_STATES);
  });
  test('and every state of a request about one’s own data (R82)', () => {
    expect(RIGHTS_STAGES).toEqual(RIGHTS_STATES);
  });

  test.each(CASE_STATES)(
    'from %s every act leads to the chapter where the case then stands, and what no act does is said',
    async (from) => {
      const inChapter = CASE_STATES.filter((state) => chapterOf(state) === chapterOf(from));
      const reached = new Set(inChapter.flatMap((state) => [...oneActFrom(state)]));
      for (const to of CASE_STATES) {
        const known = reached.has(to) || chapterOf(to) === chapterOf(from);
        if (to === 'archived' || to === 'anonymised') continue;
        expect([to, await led(from, to)]).toEqual([to, known ? chapterOf(to) : 'several_at_once']);
      }
      expect(await led(from, 'over')).toBe('over');
    },
  );
});
