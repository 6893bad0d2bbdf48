import { ChoiceGroup, choiceId } from './choice-group.tsx';
import { ChoiceBox, type Option } from './choice.tsx';
import type { FieldWords } from './field.tsx';
import { Fold } from './fold.tsx';

export interface ChoiceFold {
  /** Without one its boxes stand in sight. */
  readonly heading?: string;
  readonly options: readonly Option[];
  /** In sight although nothing in it is chosen. */
  readonly isOpen?: boolean;
}

/** One of a long list, short until somebody looks: boxes under headings that open. A heading with the chosen box stands open. */
export function FoldedChoice(
  props: FieldWords & { folds: readonly ChoiceFold[]; chosen?: readonly string[] | undefined },
) {
  const { name, error } = props;
  const order = props.folds.flatMap(({ options }) => options.map(({ value }) => value));
  const isChosen = (value: string) => props.chosen?.includes(value) ?? false;
  return (
    <ChoiceGroup
      t={props.t}
      name={name}
      label={props.label}
      hint={props.hint}
      error={error}
      optional={props.optional}
      kind="radio"
      choices={props.folds}
    >
      {props.folds.map((fold) => {
        const boxes = (
          <div class="choice-list choice-row">
            {fold.options.map((option) => (
              <ChoiceBox
                kind="radio"
                name={name}
                option={option}
                id={choiceId(name, option.value, order.indexOf(option.value))}
                checked={isChosen(option.value)}
                isWrong={Boolean(error)}
              />
            ))}
          </div>
        );
        if (fold.heading === undefined) return boxes;
        const open = Boolean(error) || fold.isOpen === true || fold.options.some(({ value }) => isChosen(value));
        return (
          <Fold title={fold.heading} open={open}>
            {boxes}
          </Fold>
        );
      })}
    </ChoiceGroup>
  );
}
