import type { PublicTranslate } from '../i18n/catalogue.ts';
import { PictogramChoice } from '../ui/pictogram-choice.tsx';
import { categoryPictogram } from '../ui/pictogram-names.ts';

const CATEGORY_GROUPS = [
  { heading: 'request.group.home', codes: ['BRUIT', 'HALL', 'ODEURS', 'LOGEMENT', 'MITOYEN', 'NUMERIQUE'] },
  {
    heading: 'request.group.outside',
    codes: ['REGROUP', 'JEUNES', 'ANIMAUX', 'STATION', 'DECHETS', 'DEGRAD', 'USAGE', 'COMMERCE', 'TRANSP', 'ECOLE'],
  },
  { heading: 'request.group.service', codes: ['GUICHET', 'DROITS', 'ASSO'] },
  { heading: 'request.group.between', codes: ['INCIV', 'INTERGEN', 'CULTURE', 'ISOLEMENT', 'AUTRE'] },
] as const;

/** What it is about: one to three categories with their pictograms (spec §4.7), for residents and partners alike. */
export function CategoryChoice({
  t,
  name,
  error,
  chosen,
}: {
  t: PublicTranslate;
  name: string;
  error: string | undefined;
  chosen: readonly string[];
}) {
  return (
    <PictogramChoice
      t={t}
      name={name}
      error={error}
      label={t('request.categories')}
      hint={t('request.categories.hint')}
      chosen={chosen}
      groups={CATEGORY_GROUPS.map(({ heading, codes }) => ({
        heading: t(heading),
        options: codes.map((value) => ({
          value,
          label: t(`request.category.${value}`),
          pictogram: categoryPictogram(value),
        })),
      }))}
    />
  );
}
