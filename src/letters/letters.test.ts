import { extractText, getDocumentProxy } from 'unpdf';
import { describe, expect, test } from 'vitest';
import { VAL_RIVIERE } from '../../tests/support/town-view.ts';
import { translator } from '../i18n/catalogue.ts';
import { agreementPaper } from './agreement-paper.ts';
import { invitationLetter } from './invitation-letter.ts';

const town = VAL_RIVIERE;
const realTown = { ...town, name: 'Ailleurs', isDemo: false };
const t = translator('fr');
const at = new Date('2027-01-11T09:00:00Z');
const invitation = {
  number: 'MS-2027-00042',
  code: '7K2M9QXD4R8TZ0B1C3F5GH6JN',
  at,
  mediator: 'Awa Diarrassy',
  mayBeSaid: 'Le bruit de la cour, le soir.\nUne règle commune aiderait.',
  origin: 'https://mediation.val-riviere.example',
};
const other = { side: 'other', kind: 'person' } as const;
const agreement = {
  number: 'MS-2027-00042',
  at,
  result: 'ACCORD_ECRIT' as const,
  parties: [
    {
      side: 'requester' as const,
      kind: 'person' as const,
      name: 'Solange Péribet',
      commitments: [{ what: 'Fermer la porte doucement.', byDay: '2027-01-15' }],
    },
    { ...other, name: 'Office Habitat', commitments: [{ what: 'Régler le ferme-porte.', byDay: '2027-02-01' }] },
    { ...other, name: 'Idir Belkhodja', commitments: [] },
  ],
  text: 'Après 22 h, chacun parle doucement.',
};

async function read(paper: Buffer) {
  const pdf = await getDocumentProxy(new Uint8Array(paper));
  const { text } = await extractText(pdf);
  const { info } = await pdf.getMetadata();
  // Lines end where the page wants, and no-break spaces are no difference to a reader.
  const pages = text.map((page) => page.replaceAll(/\s+/gu, ' '));
  return { pages, whole: pages.join(' '), info, marked: await pdf.getMarkInfo() };
}

describe('the invitation to the other party', () => {
  test('R33 §4.10: invites, frees, and gives number, code in groups, address of the page, phone, hours, desk', async () => {
    const { pages, info, marked } = await read(invitationLetter(t, town, invitation));
    expect(pages).toHaveLength(2);
    expect(info).toMatchObject({ Title: 'Nous vous proposons une médiation', Language: 'fr' });
    expect(marked).toMatchObject({ Marked: true });
    for (const words of [
      'Val-Rivière, le 11 janvier 2027',
      'Je suis Awa Diarrassy, du service Médiation de Val-Rivière. Je ne suis ni de la police, ni du bailleur.',
      'Personne ne vous accuse.',
      'Voulez-vous me donner votre point de vue ?',
      'Le bruit de la cour, le soir. Une règle commune aiderait.',
      'Si vous dites non, il n’y a aucune conséquence de notre part.',
      'sauf danger grave',
      'https://mediation.val-riviere.example/suivi',
      '7K2M9-QXD4R-8TZ0B-1C3F5-GH6JN',
      'MS-2027-00042',
      '01 99 00 12 34, du lundi au vendredi, 9 h – 12 h 30 et 13 h 30 – 17 h 30',
      '4 place du Lavoir, 09900 Val-Rivière, le mardi et le jeudi, 14 h – 18 h',
    ]) {
      expect(pages[0]).toContain(words);
    }
  });

  test('R74 R76 R77: its second page says what GDPR art. 14 asks, and of the source only its kind', async () => {
    const { pages } = await read(invitationLetter(t, town, invitation));
    for (const words of [
      'Ville de Val-Rivière décide pourquoi',
      'Trait d’Union Vairelle assure le service',
      'Pour vous proposer une médiation.',
      'Base légale : mission d’intérêt public (RGPD, article 6.1.e)',
      'Un nom ou un prénom, et un moyen de vous joindre.',
      'D’une personne ou d’un service qui demande une médiation. Nous ne disons pas qui sans son accord.',
      'Le responsable de l’équipe et les médiateurs de cette demande.',
      'vos coordonnées sont effacées au bout d’un mois',
      'au plus 12 mois après la fin',
      'Vous pouvez dire non, ou ne pas répondre. Cela n’a aucune conséquence de notre part.',
      'à voir ces informations, à les corriger, à les effacer',
      'vous y opposer',
      'Délégué à la protection des données : dpo@val-riviere.example',
      'www.cnil.fr',
    ]) {
      expect(pages[1]).toContain(words);
    }
  });

  test('R104: a demo town says FICTIF on each page; a real one nowhere', async () => {
    const { pages } = await read(invitationLetter(t, town, invitation));
    expect(pages.map((page) => page.includes('FICTIF'))).toEqual([true, true]);
    expect((await read(invitationLetter(t, realTown, invitation))).whole).not.toMatch(/FICTIF|inventée/);
  });

  test('holds nothing of the requester, the story or the category, whatever its caller knows', async () => {
    const canaries = {
      requester: 'ZQKANARINOM',
      story: 'ZQKANARIRECIT',
      category: 'ZQKANARISUJET',
      address: 'ZQKANARIADRESSE',
      recipient: 'ZQKANARILUI',
    };
    const paper = invitationLetter(t, town, { ...invitation, ...canaries });
    expect((await read(paper)).whole).not.toContain('ZQKANARI');
    expect(paper.toString('latin1')).not.toContain('ZQKANARI');
  });

  test('without words to pass on says nothing in their place; with many, keeps its notice on a page of its own', async () => {
    const { mayBeSaid: _, ...silent } = invitation;
    expect((await read(invitationLetter(t, town, silent))).whole).not.toContain('Ce que nous pouvons vous dire');
    const { pages } = await read(invitationLetter(t, town, { ...invitation, mayBeSaid: 'Une phrase. '.repeat(125) }));
    expect(pages).toHaveLength(3);
    expect(pages[2]).toMatch(/Vos informations et vos droits.*www\.cnil\.fr/);
    expect(pages[1]).toContain('7K2M9-QXD4R-8TZ0B-1C3F5-GH6JN');
  });
});

describe('the agreement on paper', () => {
  test('R22 §4.5: says who does what by when, on one page, with a place for each to sign', async () => {
    const { pages, info, marked } = await read(agreementPaper(t, town, agreement));
    expect(pages).toHaveLength(1);
    expect(info).toMatchObject({ Title: 'L’accord que nous avons trouvé', Language: 'fr' });
    expect(marked).toMatchObject({ Marked: true });
    for (const words of [
      'Demande n° MS-2027-00042',
      'Après 22 h, chacun parle doucement.',
      'Solange Péribet s’engage Engagement Au plus tard Fermer la porte doucement. vendredi 15 janvier 2027',
      'Office Habitat s’engage Engagement Au plus tard Régler le ferme-porte. lundi 1er février 2027',
      'Solange Péribet Date et signature',
      'Idir Belkhodja Date et signature',
      'FICTIF',
    ]) {
      expect(pages[0]).toContain(words);
    }
    expect(pages[0]).not.toContain('Idir Belkhodja s’engage');
  });

  test('§4.11: is free and revocable, no act of justice, stops no time limit, and needs no signature', async () => {
    const { whole } = await read(agreementPaper(t, realTown, { ...agreement, text: undefined }));
    for (const words of [
      'Chacun peut les changer ou arrêter, quand il veut.',
      'Arrêter n’a aucune conséquence de notre part.',
      'La médiation sociale n’est pas une procédure judiciaire. Ce papier n’est ni un jugement, ni un acte de justice.',
      'Il n’arrête pas les délais. Avant un procès, demandez au conciliateur de justice (gratuit)',
      'Il ne fait pas d’attestation.',
      'Signer n’est pas obligatoire.',
    ]) {
      expect(whole).toContain(words);
    }
    expect(whole).not.toMatch(/FICTIF|Ce que nous avons décidé/);
  });

  test('R104: with many commitments runs over pages, each marked, the head of the table said again', async () => {
    const commitments = Array.from({ length: 60 }, (_, n) => ({ what: `Engagement ${n}.`, byDay: '2027-02-01' }));
    const { pages } = await read(
      agreementPaper(t, town, { ...agreement, parties: [{ ...other, name: 'Ana', commitments }] }),
    );
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.every((page) => page.includes('FICTIF'))).toBe(true);
    expect(pages[1]).toContain('Au plus tard');
  });

  test('without names, after shuttle mediation: by side, each with its place; the day is the day it was found', async () => {
    const parties = agreement.parties.map((party) => ({ ...party, name: undefined }));
    const { whole } = await read(agreementPaper(t, town, { ...agreement, parties }));
    for (const words of [
      'le 11 janvier 2027',
      'La personne qui a fait la demande s’engage',
      'L’autre personne (1) s’engage',
      'L’autre personne (2) Date et signature',
    ])
      // prettier-ignore
      expect(whole).toContain(words);
    expect(whole).not.toMatch(/Solange|Idir|Habitat/);
    const two = await read(agreementPaper(t, town, { ...agreement, parties: parties.slice(0, 2) }));
    expect(two.whole).toContain('L’autre personne s’engage');
  });

  test.each([
    ['APAISE', 'La situation est plus calme'],
    ['DIALOGUE_REPRIS', 'Nous nous parlons de nouveau'],
    ['ACCORD_PARTIEL', 'L’accord que nous avons trouvé, sur une partie'],
  ] as const)('%s is titled by what it is', async (result, title) => {
    const { info } = await read(agreementPaper(t, town, { ...agreement, result }));
    expect(info).toMatchObject({ Title: title });
  });
});

describe('a minor’s invitation', () => {
  test('R81: is for whoever represents them, and asks for both agreements', async () => {
    const { pages } = await read(invitationLetter(t, town, { ...invitation, representative: 'Sabine Aubertin' }));
    expect(pages).toHaveLength(2);
    for (const words of ['À l’attention de Sabine Aubertin', 'moins de 18 ans', 'sans son accord et le vôtre'])
      expect(pages[0]).toContain(words);
  });
});
