import type { Locale } from '../../src/i18n/languages.ts';

/**
 * Words and promises no resident reads from us (spec §4.11, design §6), in each language: the same meanings, as that language would say them. What a
 * sentence denies (« Il ne punit pas ») is no promise. The numbers of others, on the safety page, speak their own words.
 */
type Meaning =
  | 'a wrong and its victim'
  | 'a complaint or a file against somebody'
  | 'a summons'
  | 'a punishment'
  | 'a promised result'
  | 'help at once'
  | 'the police told or not told'
  | 'secrecy without its exception'
  | 'a named request called anonymous'
  | 'a testimony or a certificate'
  | 'a failure';
type Rules = Readonly<Record<Meaning, RegExp>>;

const french: Rules = {
  'a wrong and its victim': /victime|coupable|délinquan|(?<!\p{L})agresseur|mise?s? en cause/iu,
  'a complaint or a file against somebody': /plaignant|plainte|dossier contre/iu,
  'a summons': /convocation|convoqu|vous devez venir/iu,
  'a punishment': /(?<!ne )puni(?:r|t|e)|sanction|relogée?s?(?!\p{L})/iu,
  'a promised result': /garanti|nous promettons|sera (?:réglée?|avertie?)(?!\p{L})/iu,
  'help at once': /tout de suite|immédiatement|24 h\/24|nous intervenons/iu,
  'the police told or not told': /police (?:sera|ne sera)/iu,
  'secrecy without its exception': /^(?!.*\bsauf\b).*confidenti/iu,
  'a named request called anonymous': /c’est anonyme|anonymat/iu,
  'a testimony or a certificate': /(?<!ne )témoigne|(?<!pas d’)attestation/iu,
  'a failure': /(?<!\p{L})échecs?(?!\p{L})/iu,
};

const rules: Readonly<Record<Locale, Rules>> = {
  fr: french,
  'fr-simple': french,
  en: {
    'a wrong and its victim': /\b(?:victim|culprit|guilty|offender|perpetrator|delinquen|accused\b)/iu,
    'a complaint or a file against somebody': /\bcomplain|\b(?:file|case) against/iu,
    'a summons': /\bsummon|\byou (?:must|have to) (?:come|attend)/iu,
    'a punishment': /(?<!not )\bpunish|\bsanction|\bevict/iu,
    'a promised result': /\bguarantee|\bwe promise|will be (?:solved|resolved|settled|warned|rehoused)/iu,
    'help at once': /(?<!\bnobody\b[^.]*)\b(?:right away|straight away|immediately|at once)\b|\b24 hours|\b24\/7/iu,
    'the police told or not told': /\bpolice (?:will|won|are told)/iu,
    'secrecy without its exception': /^(?!.*\bexcept\b).*\bconfidential/iu,
    'a named request called anonymous': /\banonym(?:ous\b|ity)/iu,
    'a testimony or a certificate': /(?<!not )\btestif|\bcertificate/iu,
    'a failure': /\bfail(?:ed|ure|s)\b/iu,
  },
  ar: {
    'a wrong and its victim': /ضحي|ضحايا|مذنب|(?<!\p{L})ال?جاني|منحرف|جنوح|متهم/u,
    'a complaint or a file against somebody': /شكوى|شكاو|شكاي|مشتك|ملف ضد/u,
    'a summons': /استدعا|نستدع|يجب (?:عليكم )?(?:أن تحضروا|الحضور)/u,
    'a punishment': /(?<!لا )يعاقب|عقوب|عقاب/u,
    'a promised result': /نضمن|نعدكم|سيُحل|ستُحل|سنحل/u,
    'help at once': /نتدخل|(?:نتصل|نأتي|نحضر)[^.]*فور|24 ساعة/u,
    'the police told or not told': /(?:سنخبر|ستُخبر|لن نخبر|تُبلَّغ) الشرطة/u,
    'secrecy without its exception': /^(?!.*إلا).*(?:كلامكم|ما تقولونه|الوساطة) سري/u,
    'a named request called anonymous': /مجهول/u,
    'a testimony or a certificate': /(?<!لا )يشهد|شهادة/u,
    'a failure': /فشل/u,
  },
  tr: {
    'a wrong and its victim': /mağdur|(?<!\p{L})suçlu(?!\p{L})|sanık|(?<!\p{L})fail(?!\p{L})/iu,
    'a complaint or a file against somebody': /ş[iİ]k[aâ]yet|hakkında dosya/iu,
    'a summons': /celp|mahkemeye çağ|gelmek zorunda|gelmelisiniz/iu,
    'a punishment': /(?<!\p{L})ceza(?! vermez)|yaptırım/iu,
    'a promised result': /garanti|söz veriyoruz|çözülecek/iu,
    'help at once': /derhal|hemen (?:gel|müdahale|ara[rn])|24 saat|7\/24/iu,
    'the police told or not told': /polise (?:haber|bildiri)/iu,
    'secrecy without its exception': /^(?!.*(?:dışında|hariç|istisna)).*gizli(?:dir| kalır)/iu,
    'a named request called anonymous': /anonim/iu,
    'a testimony or a certificate': /tanıklık eder|belge verir/iu,
    'a failure': /başarısız/iu,
  },
  pt: {
    'a wrong and its victim': /vítima|culpad|agressor|delinqu|arguid/iu,
    'a complaint or a file against somebody': /queixa|queixos|processo contra/iu,
    'a summons': /convoca|intimaç|tem de (?:vir|comparecer)/iu,
    'a punishment': /(?<!não )castig|(?<!\p{L})puni|sancion|sançã/iu,
    'a promised result': /garanti|prometemos|será (?:resolvid|avisad|realojad)/iu,
    'help at once': /imediatamente|(?<!\p{L})já a seguir|24 h(?:oras)? por dia|intervimos/iu,
    'the police told or not told': /polícia (?:será|não será|nunca)/iu,
    'secrecy without its exception': /^(?!.*(?:exceto|salvo)).*confidencia/iu,
    'a named request called anonymous': /anónim|anonimato/iu,
    'a testimony or a certificate': /(?<!não )testemunha|atestado/iu,
    'a failure': /fracass|falhou/iu,
  },
};

/** What of it a text says, in words for whoever wrote it; an empty list when nothing is. */
export function neverSaid(locale: Locale, text: string): Meaning[] {
  // The keys of the record above.
  return (Object.keys(rules[locale]) as Meaning[]).filter((meaning) => rules[locale][meaning].test(text));
}
