import type { MessageKey } from '../i18n/catalogue.ts';
import { LANGUAGES } from '../requests/request-choices.ts';
import { Choice } from '../ui/choice.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { type ActionPageProps, typedOf } from './act-fields.tsx';

// Fields whose lists several acts share.

/** One of the organisations that may be a party, or be told something (R84). */
export function OrganisationOf({
  of,
  name,
  label,
  optional = true,
}: {
  of: ActionPageProps;
  name: string;
  label: MessageKey;
  optional?: boolean;
}) {
  const { t, value, field } = typedOf(of);
  return (
    <SelectField
      {...field(name)}
      label={t(label)}
      optional={optional}
      empty={t('staff.case.none')}
      value={value(name)}
      options={of.view.organisations
        .filter(({ mayTakePart }) => mayTakePart)
        .map(({ id, name: called }) => ({ value: id, label: called }))}
    />
  );
}

/** A language for speaking, by its name on the public form. */
export function LanguageOf(props: {
  of: ActionPageProps;
  name: string;
  label: MessageKey;
  value: string | undefined;
  optional?: boolean;
}) {
  const { t, field } = typedOf(props.of);
  return (
    <SelectField
      {...field(props.name)}
      label={t(props.label)}
      optional={props.optional}
      empty={t('staff.case.none')}
      value={props.value}
      options={LANGUAGES.map((code) => ({ value: code, label: t(`request.language.${code}`) }))}
    />
  );
}

/** Codes that have their words on the public form. */
export function CodesOfRequest(props: {
  of: ActionPageProps;
  name: string;
  label: MessageKey;
  room: 'way' | 'precaution';
  codes: readonly string[];
  optional?: boolean;
}) {
  const { t, chosen, field } = typedOf(props.of);
  return (
    <Choice
      {...field(props.name)}
      kind="checkbox"
      row
      label={t(props.label)}
      optional={props.optional}
      chosen={chosen(props.name)}
      options={props.codes.map((code) => ({ value: code, label: t(`request.${props.room}.${code}` as MessageKey) }))}
    />
  );
}
