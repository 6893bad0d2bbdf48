import { afterAll, beforeAll, expect, test } from 'vitest';
import { playStories } from '../../src/stories/play-stories.ts';
import { STORIES } from '../../src/stories/thirty-stories.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { startWeb, type Web } from '../support/web.ts';

// Spec §5.4: the thirty situations and the scenarios of §5.5, through the pages people use, on real Temporal and real mail, the clock moved
// from due to due.

let town: TestTown;
let stack: Stack;
let web: Web;
beforeAll(async () => {
  town = await testTown('stories');
  [stack, web] = await Promise.all([startStack(town), startWeb(town)]);
});
afterAll(async () => {
  await web?.stop();
  await stack?.stop();
  await town?.close();
});

const only = process.env['STORIES']?.split(',').map(Number);

test('§5.4: each story ends as it is to end', { timeout: 1_200_000 }, async () => {
  const { calendar } = await town.context('passerelle_web').policies.of(town.townId);
  const stories = STORIES.filter(({ n }) => !only || only.includes(n));
  const endings = await playStories({
    origin: web.origin,
    calendar,
    stories: only ? stories.map((story) => ({ ...story, startsAfter: 0 })) : stories,
    mails: (to) => Promise.resolve(stack.mailbox.messages().filter((mail) => mail.to === to)),
    onStep: async ({ told, of, telling }) => {
      if (only) console.log(`${told}/${of} ${telling}`);
    },
  });
  expect(endings.filter(({ asExpected }) => !asExpected)).toEqual([]);
  expect(endings).toHaveLength(stories.length);
});
