/** Français simple (§4.8, §4.10): what can be counted of its rules is counted here; the rest is for readers. */
import { readFileSync } from 'node:fs';
import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { TYPE, parse } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import { typographyFaults } from './french-typography.ts';
import { publicRooms } from './rooms.ts';

const MOST_WORDS = 15;

/** The files themselves, so that the texts are held to the rules before residents may choose the language. */
function simpleTexts(): [key: string, text: string][] {
  return Object.keys(publicRooms).flatMap((room) => {
    const file = readFileSync(new URL(`./locales/fr-simple/${room}.json`, import.meta.url), 'utf8');
    return Object.entries<string>(JSON.parse(file));
  });
}

/** All that a message may say: each branch of a plural in turn, and a word for each argument. */
function sayings(text: string): string[] {
  return joined(parse(text, { ignoreTag: true }));
}

function joined(elements: readonly MessageFormatElement[]): string[] {
  return elements.reduce<string[]>(
    (begun, element) => begun.flatMap((before) => branches(element).map((said) => before + said)),
    [''],
  );
}

function branches(element: MessageFormatElement): string[] {
  if (element.type === TYPE.literal) return [element.value];
  if (element.type === TYPE.plural || element.type === TYPE.select) {
    return Object.values(element.options).flatMap((option) => joined(option.value));
  }
  return ['mot'];
}

/** The point of an abbreviation, of a number or of a web address ends nothing. */
const SENTENCE_END = /(?<!(?<!\p{L})(?:art|ex|M|Mme|n°|tél))[.?!:;…]+(?=[\s»)]|$)|\n/u;

function sentencesOf(text: string): string[] {
  return text
    .split(SENTENCE_END)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

/** As a word processor counts: between spaces, a web address is one word, so is « l’autre »; a dash alone is none. */
function wordsIn(sentence: string): number {
  return sentence.match(/\S*[\p{L}\p{N}]\S*/gu)?.length ?? 0;
}

function longSentences(text: string): string[] {
  return [...new Set(sayings(text).flatMap(sentencesOf))].filter((sentence) => wordsIn(sentence) > MOST_WORDS);
}

describe('français simple', () => {
  it('R: §4.8, sentences of français simple have at most 15 words', () => {
    const found = simpleTexts().flatMap(([key, text]) => longSentences(text).map((said) => `${key}: ${said}`));
    expect(found).toEqual([]);
  });

  it('is well set', () => {
    const found = simpleTexts().flatMap(([key, text]) => {
      const raw = text.includes("'") ? ['straight apostrophe: ICU reads it as an escape, write ’'] : [];
      return [...raw, ...sayings(text).flatMap(typographyFaults)].map((fault) => `${key}: ${fault}`);
    });
    expect(found).toEqual([]);
  });
});

describe('the sentences that are counted', () => {
  it.each([
    ['Vous pouvez arrêter. Voulez-vous arrêter\u202f?', ['Vous pouvez arrêter', 'Voulez-vous arrêter']],
    ['Par téléphone\u00a0: {phone}\u202f; sur place…', ['Par téléphone', 'mot', 'sur place']],
    ['Une ligne\nune autre', ['Une ligne', 'une autre']],
    ['Demande n°\u00a0{number}, art. 14, de M. Martin.', ['Demande n°\u00a0mot, art. 14, de M. Martin']],
    ['Voir www.cnil.fr ou https://example.org:80/a?b.', ['Voir www.cnil.fr ou https://example.org:80/a?b']],
    ['«\u00a0Quitter vite.\u00a0» Puis ouvrir.', ['«\u00a0Quitter vite', '» Puis ouvrir']],
  ])('end where a reader stops: %s', (text, sentences) => {
    expect(sayings(text).flatMap(sentencesOf)).toEqual(sentences);
  });

  it('are those of each branch of a plural', () => {
    const text = '{count, plural, one {# réponse} other {Il manque # réponses}}.';
    expect(sayings(text)).toEqual(['mot réponse.', 'Il manque mot réponses.']);
  });

  it.each([
    ['L’autre personne lit www.cnil.fr', 4],
    ['9\u00a0h\u00a030 – 12\u00a0h', 5],
    ['{phone}, {hours}', 2],
  ])('have their words counted: %s', (text, count) => {
    expect(sayings(text).map(wordsIn)).toEqual([count]);
  });

  it('are found when they are one word too long', () => {
    const fifteen = Array.from({ length: MOST_WORDS }, () => 'mot').join(' ');
    expect(longSentences(`${fifteen}. ${fifteen}.`)).toEqual([]);
    expect(longSentences(`Court. ${fifteen} {more}.`)).toEqual([`${fifteen} mot`]);
  });
});
