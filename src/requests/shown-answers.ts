import type { Answers } from '../http/form-body.ts';
import { many, one } from '../http/typed-answers.ts';
import type { PublicKey, PublicTranslate } from '../i18n/catalogue.ts';

/** What a field of the form needs to show again what was typed and what is wrong with it. */
export function shownAnswers({
  t,
  answers,
  errors,
}: {
  t: PublicTranslate;
  answers: Answers;
  errors: Record<string, string>;
}) {
  const chosen = (name: string) => many(answers, name);
  const field = (name: string) => {
    const key = errors[name];
    return { t, name, error: key === undefined ? undefined : errorText(t, key) };
  };
  return {
    one: (name: string) => one(answers, name),
    chosen,
    field,
    text: (name: string) => ({ ...field(name), value: one(answers, name) }),
    /** A closed list whose words stand in the catalogue under `request.<room>.<code>`. */
    codes: (name: string, room: string, codes: readonly string[]) => ({
      ...field(name),
      chosen: chosen(name),
      options: codes.map((value) => ({ value, label: t(`request.${room}.${value}` as PublicKey) })),
    }),
  };
}

export function errorText(t: PublicTranslate, key: string): string {
  // Keys come from request.form, whose every message stands in the catalogue (a test compares them).
  return t(`request.error.${key}` as PublicKey);
}
