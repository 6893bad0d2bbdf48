import type { Child } from 'hono/jsx';
import type { Answers } from '../http/form-body.ts';
import type { MessageKey } from '../i18n/catalogue.ts';
import { PRECAUTIONS, WAYS } from '../requests/request-choices.ts';
import { SingleCheckbox } from '../ui/choice.tsx';
import { TextField } from '../ui/text-field.tsx';
import { type ActionPageProps, typedOf } from './act-fields.tsx';
import { CodesOfRequest, LanguageOf } from './listed-fields.tsx';

/** How somebody is reached, of either side. `children`: who else may be, beside the address. */
export function ContactFields({ of, children }: { of: ActionPageProps; children?: Child }) {
  const { t, value, field } = typedOf(of);
  return (
    <>
      <CodesOfRequest of={of} name="contactWays" label="staff.field.contactWays" room="way" codes={WAYS} />
      <TypedLine of={of} name="phone" label="staff.case.phone" />
      <TypedLine of={of} name="email" label="staff.case.email" />
      <TypedLine of={of} name="postalAddress" label="staff.case.post" />
      {children}
      <CodesOfRequest
        of={of}
        name="precautions"
        label="staff.case.care"
        room="precaution"
        codes={PRECAUTIONS}
        optional
      />
      <TypedLine of={of} name="contactHours" label="staff.field.contactHours" />
      <LanguageOf of={of} name="spokenLanguage" label="staff.case.language" value={value('spokenLanguage')} optional />
      <SingleCheckbox
        {...field('interpreter')}
        label={t('staff.field.interpreter')}
        checked={value('interpreter') === 'yes'}
      />
    </>
  );
}

/** One line to type. */
export function TypedLine(props: { of: ActionPageProps; name: string; label: MessageKey; required?: boolean }) {
  const { t, value, field } = typedOf(props.of);
  return (
    <TextField {...field(props.name)} label={t(props.label)} optional={!props.required} value={value(props.name)} />
  );
}

type Standing = {
  phone: string | undefined;
  email: string | undefined;
  postalAddress: string | undefined;
  contactHours: string | undefined;
  spokenLanguage: string | null | undefined;
  ways: string[];
  precautions: string[];
  interpreter: boolean;
};

/** A contact as it stands, as its form would have been filled; `own`: the other fields of the act. */
export function contactAsTyped(
  { ways, interpreter, phone, email, postalAddress, contactHours, spokenLanguage, precautions }: Standing,
  own: Record<string, string | null | undefined>,
): Answers {
  const fields = {
    ...own,
    phone,
    email,
    postalAddress,
    contactHours,
    spokenLanguage,
    precautions,
    contactWays: ways,
    interpreter: interpreter ? 'yes' : undefined,
  };
  return Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}
