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

/** Words and promises no person reads here (spec §4.11, design §6). */
const neverSaid: readonly (readonly [fault: string, pattern: RegExp])[] = [
  ['délinquance', /délinquan/iu],
  ['plaignant', /plaignant/iu],
  ['mis en cause', /\bmise?s? en cause/iu],
  ['convocation', /convocation|convoqu/iu],
  ['dossier contre', /dossier contre/iu],
  ['échec', /(?<!\p{L})échecs?(?!\p{L})/iu],
  ['vous devez venir', /vous devez venir/iu],
  ['a promised result', /sera (?:réglée?|sanctionnée?|relogée?|avertie?)(?!\p{L})/iu],
  ['tout de suite', /tout de suite/iu],
  ['the police told or not told', /police (?:sera|ne sera)/iu],
  ['confidentiality without its exception', /^(?!.*\b[Ss]auf\b).*\bconfidenti/u],
];

/** What is wrong with a text, in words for whoever wrote it; an empty list when nothing is. Web addresses are not text. */
export function typographyFaults(text: string): string[] {
  const prose = text.replaceAll(/https?:\/\/\S+/gu, '');
  return [...rules, ...neverSaid].filter(([, pattern]) => pattern.test(prose)).map(([fault]) => fault);
}
