import type { PublicKey, PublicTranslate } from '../i18n/catalogue.ts';
import { PictogramChoice } from '../ui/pictogram-choice.tsx';
import { categoryPictogram } from '../ui/pictogram-names.ts';

type Group = { heading: PublicKey; codes: readonly string[] };

const HOME = { heading: 'request.group.home', codes: ['BRUIT', 'HALL', 'ODEURS', 'LOGEMENT', 'MITOYEN', 'NUMERIQUE'] } as const; // prettier-ignore
const OUTSIDE = {
  heading: 'request.group.outside',
  codes: ['REGROUP', 'JEUNES', 'ANIMAUX', 'STATION', 'DECHETS', 'DEGRAD', 'USAGE', 'COMMERCE', 'TRANSP', 'ECOLE'],
} as const;
const SERVICE = { heading: 'request.group.service', codes: ['GUICHET', 'DROITS', 'ASSO'] } as const;
const BETWEEN = {
  heading: 'request.group.between',
  codes: ['INCIV', 'INTERGEN', 'CULTURE', 'ISOLEMENT', 'AUTRE'],
} as const;

const EVERYTHING: readonly Group[] = [HOME, OUTSIDE, SERVICE, BETWEEN];
/** What makes sense behind each door; the server takes any category from all of them. */
const BEHIND: Readonly<Record<string, readonly Group[]>> = {
  service: [SERVICE, { ...OUTSIDE, codes: ['TRANSP', 'ECOLE', 'DECHETS', 'DEGRAD', 'USAGE', 'STATION'] }, HOME, BETWEEN],
  link: [
    { ...BETWEEN, codes: ['ISOLEMENT', 'INTERGEN', 'CULTURE'] },
    { ...OUTSIDE, codes: ['USAGE', 'JEUNES', 'ECOLE'] },
    { ...HOME, codes: ['NUMERIQUE', 'LOGEMENT'] },
    { ...SERVICE, codes: ['ASSO', 'DROITS', 'AUTRE'] },
  ],
  place: [{ ...HOME, codes: ['BRUIT', 'HALL', 'ODEURS'] }, OUTSIDE, { ...BETWEEN, codes: ['INCIV', 'INTERGEN', 'AUTRE'] }],
}; // prettier-ignore

/** What it is about: one to three categories with their pictograms (spec §4.7), for residents and partners alike. */
export function CategoryChoice({
  t,
  name,
  error,
  chosen,
  need = '',
}: {
  t: PublicTranslate;
  name: string;
  error: string | undefined;
  chosen: readonly string[];
  /** The door somebody came by; everything is offered without one. */
  need?: string | undefined;
}) {
  return (
    <PictogramChoice
      t={t}
      name={name}
      error={error}
      label={t('request.categories')}
      hint={t('request.categories.hint')}
      chosen={chosen}
      groups={(BEHIND[need] ?? EVERYTHING).map(({ heading, codes }) => ({
        heading: t(heading),
        options: codes.map((value) => ({
          value,
          // Codes are those of request-choices, whose words stand in the catalogue.
          label: t(`request.category.${value}` as PublicKey),
          pictogram: categoryPictogram(value),
        })),
      }))}
    />
  );
}
