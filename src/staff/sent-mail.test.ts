import { expect, test } from 'vitest';
import { frenchRooms } from '../i18n/rooms.ts';
import { NAMED } from './sent-mail.ts';

test('§8: every mail that may stand in the story of a case has its name', () => {
  const texts: Record<string, string> = frenchRooms.staff;
  expect([...NAMED].filter((template) => !texts[`staff.sent.${template}`])).toEqual([]);
});
