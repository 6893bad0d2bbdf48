import { expect, test } from 'vitest';
import { readableEmail } from './readable-email.ts';

test('B-45: an international domain is shown both ways, any other as it is', () => {
  expect(readableEmail('rosa@xn--exmple-cua.fr')).toBe('rosa@xn--exmple-cua.fr (exämple.fr)');
  expect(readableEmail('rosa@val-riviere.example')).toBe('rosa@val-riviere.example');
});
