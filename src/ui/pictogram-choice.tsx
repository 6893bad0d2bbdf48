import { ChoiceGroup, choiceId } from './choice-group.tsx';
import type { FieldWords } from './field.tsx';
import type { PictogramName } from './pictogram-names.ts';
import { Pictogram } from './pictogram.tsx';

export interface PictogramOptions {
  readonly heading: string;
  readonly options: readonly { readonly value: string; readonly label: string; readonly pictogram: PictogramName }[];
}

/** Boxes with a drawing, under plain headings; several may be chosen, the server says how many. */
export function PictogramChoice(
  props: FieldWords & { groups: readonly PictogramOptions[]; chosen?: readonly string[] | undefined },
) {
  const { name } = props;
  const first = props.groups[0]?.options[0]?.value;
  return (
    <ChoiceGroup
      t={props.t}
      name={name}
      label={props.label}
      hint={props.hint}
      error={props.error}
      optional={props.optional}
      kind="checkbox"
      choices={props.groups}
    >
      {props.groups.map((group) => (
        <div class="picture-group">
          <p class="picture-heading">{group.heading}</p>
          <div class="picture-list">
            {group.options.map((option) => (
              <label class="choice picture">
                <input
                  type="checkbox"
                  id={choiceId(name, option.value, option.value === first ? 0 : 1)}
                  name={name}
                  value={option.value}
                  checked={props.chosen?.includes(option.value)}
                  aria-invalid={props.error ? 'true' : undefined}
                />
                <span class="picture-face">
                  <Pictogram name={option.pictogram} size="medium" />
                  {option.label}
                </span>
              </label>
            ))}
          </div>
        </div>
      ))}
    </ChoiceGroup>
  );
}
