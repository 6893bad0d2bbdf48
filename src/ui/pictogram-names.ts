/** Every drawing of the sprite: one file each under pictograms/, drawn on a 48 grid with currentColor (design §5). */

export const doorPictograms = ['person', 'group', 'service', 'link', 'place'] as const;

/** The categories of spec §4.7, named after their code in small letters. */
export const categoryPictograms = [
  'bruit',
  'hall',
  'regroup',
  'animaux',
  'station',
  'dechets',
  'odeurs',
  'degrad',
  'usage',
  'inciv',
  'intergen',
  'jeunes',
  'ecole',
  'transp',
  'commerce',
  'logement',
  'guichet',
  'droits',
  'culture',
  'mitoyen',
  'isolement',
  'numerique',
  'asso',
  'autre',
] as const;

export const signPictograms = [
  'check',
  'cross',
  'minus',
  'dash',
  'pending',
  'clock',
  'phone',
  'mail',
  'mail-crossed',
  'arrow',
  'up',
  'lock',
  'house',
  'triangle',
  'people',
  'eye',
  'print',
  'question',
  'listen',
] as const;

/** The five faces beside the words of an opinion (F7), and nowhere else: pictograms have no expression (docs/decisions/0020). */
export const facePictograms = ['face-1', 'face-2', 'face-3', 'face-4', 'face-5'] as const;

export const pictogramNames = [...doorPictograms, ...categoryPictograms, ...signPictograms, ...facePictograms] as const;

export type PictogramName = (typeof pictogramNames)[number];

/** The drawing of a category code such as `BRUIT`; `autre` for a code this release does not know. */
export function categoryPictogram(code: string): PictogramName {
  const name = code.toLowerCase();
  return categoryPictograms.find((known) => known === name) ?? 'autre';
}
