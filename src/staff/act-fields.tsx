import type { Child } from 'hono/jsx';
import type { MessageKey, Translate } from '../i18n/catalogue.ts';
import type { Answers } from '../http/form-body.ts';
import { one } from '../http/typed-answers.ts';
import { Choice } from '../ui/choice.tsx';
import type { Fault, Faults } from './act.form.ts';
import { limitOf } from './case-action.form.ts';
import type { ActionSlug } from './action-slugs.ts';
import type { CaseView } from './case-view.query.ts';
import type { MediatorChoice } from './mediators.query.ts';
import type { StaffFrame } from './staff-frame.tsx';

/** One act of one case, with what was typed and what is wrong with it. */
export type ActionPageProps = {
  frame: StaffFrame;
  slug: ActionSlug;
  view: CaseView;
  /** Who opened the page: a page left open by somebody else acts for nobody (B-54). */
  by: string;
  /** The id of this form: a second click is answered like the first. */
  form: string;
  answers: Answers;
  errors: Faults;
  refusal?: string | undefined;
  /** On a refusal: the last line of the journal that the sent page knew, so that this one says what changed since. */
  seen?: number | undefined;
  /** The act that comes before this one. */
  first?: ActionSlug | undefined;
  /** What was sent before has been kept; this page is what follows. */
  done?: boolean | undefined;
  mediators: readonly MediatorChoice[];
  quarters: readonly { code: string; name: string }[];
};

/** The fields of one act. */
export type FieldsOf = (props: ActionPageProps) => Child;

/** What a person reads beside a field that is wrong. */
export function faultText(t: Translate, field: string, fault: Fault): string {
  return t(`staff.${fault}`, { limit: limitOf(field) });
}

/** The same as a link of the page's summary, where it stands without its field: a question that lacks its answer is named. */
export function faultLink(t: Translate, field: string, fault: Fault, label: string | undefined): string {
  return fault === 'missing' && label ? t('staff.missing.named', { label }) : faultText(t, field, fault);
}

/** What a field needs to show again what was typed and what is wrong with it. */
export function typedOf({ frame, answers, errors }: ActionPageProps) {
  const { t } = frame;
  const value = (name: string) => one(answers, name);
  const chosen = (name: string): string[] => {
    const typed = answers[name];
    return Array.isArray(typed) ? typed : [typed ?? ''];
  };
  const field = (name: string) => {
    const error = errors[name];
    return { t, name, error: error && faultText(t, name, error) };
  };
  return { t, value, chosen, field };
}

/** A closed list whose every code has its label in the catalogue, under `staff.<room>.<code>`. */
export function CodeChoice(props: {
  of: ActionPageProps;
  name: string;
  label: MessageKey;
  room: string;
  codes: readonly string[];
  kind?: 'radio' | 'checkbox';
  row?: boolean;
  optional?: boolean;
  hint?: string;
}) {
  const { t, chosen, field } = typedOf(props.of);
  return (
    <Choice
      {...field(props.name)}
      kind={props.kind ?? 'radio'}
      row={props.row}
      label={t(props.label)}
      hint={props.hint}
      optional={props.optional}
      chosen={chosen(props.name)}
      options={props.codes.map((code) => ({ value: code, label: t(`staff.${props.room}.${code}` as MessageKey) }))}
    />
  );
}
