import type { Child } from 'hono/jsx';
import { ChoiceGroup, choiceId } from './choice-group.tsx';
import type { FieldWords } from './field.tsx';
import { describedBy } from './field.tsx';
import { FieldError } from './field-error.tsx';
import { noteQuestion } from './questions.ts';
import type { PictogramName } from './pictogram-names.ts';
import { Pictogram } from './pictogram.tsx';

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** A drawing that repeats the label. */
  readonly pictogram?: PictogramName | undefined;
}

/** Boxes to choose one or several of. Nothing is chosen unless `chosen` says so. `row` sets short answers side by side. */
export function Choice(
  props: FieldWords & {
    kind: 'radio' | 'checkbox';
    options: readonly Option[];
    chosen?: readonly string[] | undefined;
    row?: boolean | undefined;
  },
) {
  const { name, kind } = props;
  return (
    <ChoiceGroup
      t={props.t}
      name={name}
      label={props.label}
      hint={props.hint}
      error={props.error}
      optional={props.optional}
      kind={kind}
      choices={[{ options: props.options }]}
    >
      <div class={props.row ? 'choice-list choice-row' : 'choice-list'}>
        {props.options.map((option, index) => (
          <ChoiceBox
            kind={kind}
            name={name}
            option={option}
            id={choiceId(name, option.value, index)}
            checked={props.chosen?.includes(option.value)}
            isWrong={Boolean(props.error)}
          />
        ))}
      </div>
    </ChoiceGroup>
  );
}

/** One box of several, with its words. */
export function ChoiceBox(props: {
  kind: 'radio' | 'checkbox';
  name: string;
  option: Option;
  id: string;
  checked: boolean | undefined;
  isWrong: boolean;
}) {
  const { kind, option } = props;
  return (
    <label class="choice">
      <input
        type={kind}
        id={props.id}
        name={props.name}
        value={option.value}
        checked={props.checked}
        aria-invalid={kind === 'checkbox' && props.isWrong ? 'true' : undefined}
      />
      <span class="choice-face">
        {option.pictogram && <Pictogram name={option.pictogram} size="medium" />}
        {option.label}
        {option.hint && <span class="choice-hint">{option.hint}</span>}
      </span>
    </label>
  );
}

/** One box that stands alone: « J’accepte qu’un médiateur me contacte. » Posts `yes` when ticked. */
export function SingleCheckbox(props: Omit<FieldWords, 'label'> & { label: Child; checked?: boolean | undefined }) {
  const { name, error } = props;
  noteQuestion(props, { kind: 'tick' });
  return (
    <div class={error ? 'field choices choices-wrong' : 'field choices'}>
      {props.hint && (
        <p class="hint" id={`${name}-hint`}>
          {props.hint}
        </p>
      )}
      <FieldError name={name} error={error} />
      <label class="choice">
        <input
          type="checkbox"
          id={name}
          name={name}
          value="yes"
          checked={props.checked}
          aria-describedby={describedBy(props)}
          aria-invalid={error ? 'true' : undefined}
        />
        <span class="choice-face">
          <span>{props.label}</span>
        </span>
      </label>
    </div>
  );
}
