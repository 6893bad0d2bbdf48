import { expect, test } from 'vitest';
import { cookieValues, onlyCookie } from './own-cookies.ts';

const NAME = '__Host-compte';
const sent = (cookie: string) => new Headers({ cookie });

test('the one cookie of that name is kept, the rest of the jar is not passed on', () => {
  const headers = onlyCookie(sent(`a=1; ${NAME}=ab.cd%3D; trust_device=x`), NAME);
  expect([...(headers ?? [])]).toEqual([['cookie', `${NAME}=ab.cd%3D`]]);
});

test('B-34: the same name twice is nobody', () => {
  expect(onlyCookie(sent(`${NAME}=one; ${NAME}=two`), NAME)).toBeUndefined();
  expect(onlyCookie(sent(`${NAME}=one; ${NAME}=one`), NAME)).toBeUndefined();
});

test('B-34: a name dressed up with another blank, another case or a prefix is another name', () => {
  const disguised = [
    `\u00a0${NAME}=x`,
    `${NAME}\u00a0=x`,
    `${NAME.toLowerCase()}=x`,
    `x${NAME}=x`,
    `compte=x`,
    `"${NAME}"=x`,
  ];
  for (const cookie of disguised) expect(cookieValues(sent(cookie), NAME)).toEqual([]);
});

test('B-34: 300 cookies and broken pieces are passed over', () => {
  const jar = Array.from({ length: 300 }, (_, index) => `c${index}=v`).join('; ');
  expect(cookieValues(sent(`${jar}; ;=; novalue; ${NAME} = kept `), NAME)).toEqual(['kept']);
  expect(cookieValues(new Headers(), NAME)).toEqual([]);
});
