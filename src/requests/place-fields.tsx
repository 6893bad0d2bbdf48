import type { TownMap } from '../db/tables/town.ts';
import type { PublicKey, PublicTranslate } from '../i18n/catalogue.ts';
import { Choice } from '../ui/choice.tsx';
import type { FieldWords } from '../ui/field.tsx';
import { Fold } from '../ui/fold.tsx';
import { FoldedChoice } from '../ui/folded-choice.tsx';
import { TextField } from '../ui/text-field.tsx';
import { NO_PLACE, PLACE_GROUPS, TRANSPORT_TYPES, UNKNOWN_QUARTER } from './request-choices.ts';
import type { RequestFieldsProps } from './request-fields.tsx';
import { shownAnswers } from './shown-answers.ts';
import { TownMapDrawing } from './town-map.tsx';

/** What a town says of itself where somebody is asked where: from its own lists. */
export type TownWhere = {
  quarters: readonly { code: string; name: string }[];
  places: readonly { code: string; name: string; type: string; quarter: string | null }[];
  map: TownMap | null;
};

/** Where it happens: on the drawn map, by quarter, from the town's places, by kind, in words. Only the quarter is asked for. */
export function PlaceFields(props: RequestFieldsProps) {
  const { t, where } = props;
  const { one, chosen, field, text } = shownAnswers(props);
  const groups = placesByQuarter(where);
  const places = groups.flatMap((group) => group.places);
  const usesTransport = chosen('categories').includes('TRANSP') || TRANSPORT_TYPES.includes(one('place_type') ?? '');
  const isTyped = Boolean(one('transport_line') ?? one('transport_stop'));
  return (
    <>
      {where.map && (
        <Fold title={t('request.map.title')} note={t('ui.optional')}>
          <TownMapDrawing t={t} map={where.map} quarters={where.quarters} places={places} />
        </Fold>
      )}
      <Choice {...field('quarter')} kind="radio" row label={t('request.quarter')} hint={t('request.quarter.hint')} chosen={chosen('quarter')}
        options={[...where.quarters.map(({ code, name }) => ({ value: code, label: name })), { value: UNKNOWN_QUARTER, label: t('request.quarter.unknown') }]} />
      {places.length > 0 && (
        <Fold title={t('request.place.choose')} note={t('ui.optional')} open={Boolean(one('place') ?? props.errors['place'])}>
        <FoldedChoice {...field('place')} optional label={t('request.place')} hint={t('request.place.hint')} chosen={chosen('place')}
          folds={[
            ...groups.map((group) => ({
              heading: group.name ?? t('request.place.everywhere'),
              isOpen: group.code !== undefined && group.code === one('quarter'),
              options: group.places.map(({ code, name }) => ({ value: code, label: name })),
            })),
            { options: [{ value: NO_PLACE, label: t('request.place.none') }] },
          ]} />
        </Fold>
      )}
      <PlaceTypeChoice {...field('place_type')} chosen={chosen('place_type')} />
      <TextField {...text('place_text')} optional label={t('request.place_text')} hint={t('request.place_text.hint')} autocomplete="off" />
      <Fold title={t('request.transport.title')} note={t('ui.optional')} open={usesTransport || isTyped || Boolean(props.errors['transport_line'] ?? props.errors['transport_stop'])}>
        <TextField {...text('transport_line')} optional label={t('request.transport_line')} hint={t('request.transport_line.hint')} width="medium" autocomplete="off" />
        <TextField {...text('transport_stop')} optional label={t('request.transport_stop')} width="medium" autocomplete="off" />
      </Fold>
    </>
  ); // prettier-ignore
}

/** The kinds of place of spec §4.7, under headings that open; for residents and partners alike. */
export function PlaceTypeChoice(
  props: Pick<FieldWords, 'name' | 'error'> & { t: PublicTranslate; chosen: readonly string[] },
) {
  const { t } = props;
  return (
    <Fold
      title={t('request.place_type.choose')}
      note={t('ui.optional')}
      open={props.chosen.length > 0 || Boolean(props.error)}
    >
      <FoldedChoice
        t={t}
        name={props.name}
        error={props.error}
        optional
        label={t('request.place_type')}
        chosen={props.chosen}
        folds={PLACE_GROUPS.map(({ group, types }) => ({
          heading: t(`request.place_group.${group}`),
          options: types.map((value) => ({ value, label: t(`request.place_type.${value}` as PublicKey) })),
        }))}
      />
    </Fold>
  );
}

type QuarterPlaces = { code?: string; name?: string; places: TownWhere['places'] };

/** The town's places by quarter, in the order of the quarters; those of several quarters at the end. */
function placesByQuarter({ quarters, places }: TownWhere): QuarterPlaces[] {
  const groups: QuarterPlaces[] = quarters.map((quarter) => ({
    ...quarter,
    places: places.filter((place) => place.quarter === quarter.code),
  }));
  return [...groups, { places: places.filter((place) => place.quarter === null) }].filter(
    (group) => group.places.length > 0,
  );
}
