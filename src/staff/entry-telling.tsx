import type { Answers } from '../http/form-body.ts';
import type { MessageKey, Translate } from '../i18n/catalogue.ts';
import { languageFacts, locales } from '../i18n/languages.ts';
import { RAISED_BY } from '../requests/entry.ts';
import type { FieldErrors } from '../requests/request.form.ts';
import { Choice } from '../ui/choice.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { DateField } from '../ui/text-field.tsx';
import { AGREED, ENTRY_CHANNELS } from './request-entry.form.ts';

/** Of a page's own fields, and of the form's. */
export type EntryFaults = { own: FieldErrors; form: FieldErrors };
type Fault = { name: string; message: string };
type Telling = { t: Translate; answers: Answers; faults: readonly Fault[] };

/** Each fault in words, as the keys of both forms say it. */
export function entryFaults(t: Translate, { own, form }: EntryFaults): Fault[] {
  const inWords = (room: string, errors: FieldErrors) =>
    // Each key of request-entry.form.ts and of request.form.ts stands in the catalogue.
    Object.entries(errors).map(([name, key]) => ({ name, message: t(`${room}.${key}` as MessageKey) }));
  return [...inWords('staff.entry.error', own), ...inWords('request.error', form)];
}

function fieldsOf({ answers, faults }: Telling) {
  const chosen = (name: string) => [answers[name] ?? ''].flat();
  return {
    chosen,
    value: (name: string) => chosen(name)[0],
    errorOf: (name: string) => faults.find((fault) => fault.name === name)?.message,
  };
}

/** By which door it came, and on which day. */
export function DoorFields(telling: Telling) {
  const { t } = telling;
  const { chosen, value, errorOf } = fieldsOf(telling);
  return (
    <>
      <Choice
        t={t}
        name="channel"
        kind="radio"
        row
        label={t('staff.entry.channel')}
        error={errorOf('channel')}
        chosen={chosen('channel')}
        options={ENTRY_CHANNELS.map((code) => ({ value: code, label: t(`staff.entry.channel.${code}`) }))}
      />
      <DateField
        t={t}
        name="said_on"
        label={t('staff.entry.saidOn')}
        hint={t('staff.entry.saidOn.hint')}
        error={errorOf('said_on')}
        value={value('said_on')}
        autocomplete="off"
      />
    </>
  );
}

/** Besides: who raised it, in which language the person is answered, and how they agreed. */
export function TellingFields(telling: Telling) {
  const { t } = telling;
  const { chosen, value, errorOf } = fieldsOf(telling);
  return (
    <>
      <DoorFields {...telling} />
      <SelectField
        t={t}
        name="raised_by"
        label={t('staff.entry.raisedBy')}
        empty={t('staff.entry.raisedBy.person')}
        error={errorOf('raised_by')}
        value={value('raised_by')}
        options={RAISED_BY.map((code) => ({ value: code, label: t(`staff.origin.${code}`) }))}
      />
      <SelectField
        t={t}
        name="ui_language"
        label={t('staff.entry.language')}
        error={errorOf('ui_language')}
        value={value('ui_language')}
        options={locales.map((locale) => ({ value: locale, label: languageFacts[locale].ownName }))}
      />
      <Choice
        t={t}
        name="agreed"
        kind="radio"
        label={t('staff.entry.agreed')}
        hint={t('staff.entry.agreed.hint')}
        error={errorOf('agreed')}
        chosen={chosen('agreed')}
        options={AGREED.map((code) => ({ value: code, label: t(`staff.entry.agreed.${code}`) }))}
      />
    </>
  );
}
