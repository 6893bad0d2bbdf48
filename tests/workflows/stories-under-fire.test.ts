import { beforeAll, expect, test } from 'vitest';
import { STORIES } from '../../src/stories/thirty-stories.ts';
import { temporalAddress } from '../support/parts.ts';
import { underFire } from '../support/under-fire.ts';

// Two short stories in the suite; `npm run fire` tells all of them. FIRE=3,8,30 takes others.

const chosen = process.env['FIRE']?.split(',').map(Number) ?? [29, 33];
const stories = STORIES.filter(({ n }) => chosen.includes(n)).map((story) => ({ ...story, startsAfter: 0 }));

beforeAll(async () => void (await temporalAddress()));

test(
  'the worker killed every five seconds, Temporal at random: the end state is the same as without',
  { timeout: 1_800_000 },
  async () => {
    const { peace, fire, killed } = await underFire(stories, { serverLivesMs: [8_000, 20_000] }, (telling) => {
      if (process.env['LOG_LEVEL']) console.log(new Date().toISOString(), telling);
    });
    expect(killed.workers).toBeGreaterThan(3);
    expect(killed.servers).toBeGreaterThan(1);
    expect(fire).toEqual(peace);
  },
);
