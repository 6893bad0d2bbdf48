import { describe, expect, it } from 'vitest';
import { catalogues, locales } from './languages.ts';
import { neverSaid } from '../../tests/support/never-said.ts';

/** The numbers of others speak their own words: whom they are for, and when. The team names what is not for us, to leave it out or to say so. */
const OTHERS_WORDS = /^home\.safety\.(?:\w+When|victim)$|^staff\.(?:motive|mask\.reason|danger\.family)\./;

/** One forbidden sentence for each meaning, in the order of the rules. */
const FORBIDDEN = {
  fr: ['La victime attend.', 'Vous pouvez porter plainte ici.', 'Voici votre convocation.', 'Votre voisin sera sanctionné.', 'Nous garantissons le calme.', 'Nous intervenons tout de suite.', 'La police sera informée.', 'Tout est confidentiel.', 'C’est anonyme.', 'Le médiateur donne une attestation.', 'C’est un échec.', 'La délinquance', 'le plaignant', 'la personne mise en cause', 'un dossier contre vous', 'Votre problème sera réglé.'],
  'fr-simple': ['Le coupable attend.', 'Le plaignant attend.', 'Vous devez venir.', 'Le médiateur punit.', 'Le bruit sera réglé.', 'Nous venons immédiatement.', 'La police ne sera pas informée.', 'C’est toujours confidentiel.', 'C’est anonyme.', 'Le médiateur témoigne.', 'La médiation est un échec.'],
  en: ['The victim waits.', 'You can make a complaint here.', 'This is a summons.', 'Your neighbour is punished.', 'We guarantee silence.', 'We come right away.', 'The police will be told.', 'Everything is confidential.', 'It is anonymous.', 'The mediator writes a certificate.', 'The mediation failed.'],
  ar: ['الضحية تنتظر.', 'يمكنكم تقديم شكوى هنا.', 'هذا استدعاء.', 'يعاقب الوسيط جاركم.', 'نضمن الهدوء.', 'نتصل بكم فوراً.', 'سنخبر الشرطة.', 'ما تقولونه سري.', 'الطلب مجهول المصدر.', 'يكتب الوسيط شهادة.', 'فشل الوساطة.'],
  tr: ['Mağdur bekliyor.', 'Burada şikâyet edebilirsiniz.', 'Gelmek zorundasınız: gelmelisiniz.', 'Komşunuz ceza alır.', 'Sessizliği garanti ederiz.', 'Derhal geliriz.', 'Polise haber verilir.', 'Her şey gizlidir.', 'Başvuru anonimdir.', 'Arabulucu tanıklık eder.', 'Arabuluculuk başarısız oldu.'],
  pt: ['A vítima espera.', 'Pode apresentar queixa aqui.', 'Esta é uma convocatória.', 'O seu vizinho é punido.', 'Garantimos o silêncio.', 'Vamos imediatamente.', 'A polícia será avisada.', 'Tudo é confidencial.', 'É anónimo.', 'O mediador passa um atestado.', 'A mediação fracassou.'],
} as const; // prettier-ignore

describe.each(locales)('§4.11: in %s', (locale) => {
  it('nobody reads what must never be said', () => {
    const said = Object.entries(catalogues[locale])
      .filter(([key]) => !OTHERS_WORDS.test(key))
      .flatMap(([key, text]) => neverSaid(locale, text).map((meaning) => `${key}: ${meaning}`));
    expect(said).toEqual([]);
  });

  it('each of its meanings is found', () => {
    const found = FORBIDDEN[locale].map((sentence) => neverSaid(locale, sentence));
    expect(found.filter((meanings) => meanings.length === 0)).toEqual([]);
    expect(new Set(found.flat()).size).toBe(11);
  });
});
