/** The rules a French text must follow on our screens and in our mails; the test of the catalogues applies them. */

const rules: readonly (readonly [fault: string, pattern: RegExp])[] = [
  ['straight apostrophe: write ’', /'/u],
  ['straight quotation mark: write « » or “ ”', /"/u],
  ['three dots: write …', /\.\.\./u],
  ['no-break space missing before : ; ? !', /(?<![\u00a0\u202f?!:])[:;?!]/u],
  ['no-break space missing after «', /«(?!\u00a0|\u202f)/u],
  ['no-break space missing before »', /(?<!\u00a0|\u202f)»/u],
  ['no-break space missing after n°', /n°(?!\u00a0|\u202f)/u],
  ['no-break space missing inside a number or an hour', /\d (?:h\b|\d)/u],
  ['exclamation mark', /!/u],
];

/** What is wrong with a text, in words for whoever wrote it; an empty list when nothing is. Web addresses are not text. */
export function typographyFaults(text: string): string[] {
  const prose = text.replaceAll(/https?:\/\/\S+/gu, '');
  return rules.filter(([, pattern]) => pattern.test(prose)).map(([fault]) => fault);
}
