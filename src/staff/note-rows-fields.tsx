import { Button } from '../ui/button.tsx';
import { SingleCheckbox } from '../ui/choice.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { DateField, TextField } from '../ui/text-field.tsx';
import { LINE_LIMIT } from './act.form.ts';
import { type ActionPageProps, typedOf } from './act-fields.tsx';
import { LINK_KINDS, MOST_ROWS, type NoteRows, rowsShown } from './note-rows.form.ts';
import { partyName } from './party-choice.tsx';

/** Who promised what until when, line by line (F4, R22). */
export function CommitmentRows({ of }: { of: ActionPageProps }) {
  return <Rows of={of} kind="promised" Row={Commitment} />;
}

/** Which organisations were brought in, line by line (F4, R19). */
export function LinkRows({ of }: { of: ActionPageProps }) {
  return <Rows of={of} kind="link" Row={Link} />;
}

type RowProps = { of: ActionPageProps; row: number };

/** Lines of one kind, and a button for one more: the page comes back with all that was typed. */
function Rows({ of, kind, Row }: { of: ActionPageProps; kind: NoteRows; Row: typeof Commitment }) {
  const { t } = typedOf(of);
  const rows = rowsShown(of.answers, of.errors, kind);
  return (
    <fieldset class="field" id={`${kind}-rows`}>
      <legend class="spoken">{t(`staff.rows.${kind}`)}</legend>
      {rows.map((row) => (
        <fieldset class="row-of-fields">
          <legend>{t('staff.rows.row', { row })}</legend>
          <Row of={of} row={row} />
        </fieldset>
      ))}
      {rows.length < MOST_ROWS && (
        <Button
          kind="outline"
          small
          name="more"
          value={`${kind}:${rows.length + 1}`}
          formaction={`/equipe/demandes/${of.view.id}/${of.slug}#${kind}-rows`}
        >
          {t(`staff.rows.more.${kind}`)}
        </Button>
      )}
    </fieldset>
  );
}

function Commitment({ of, row }: RowProps) {
  const { t, value, field } = typedOf(of);
  const { parties, identity } = of.view;
  return (
    <>
      <SelectField
        {...field(`promisedBy${row}`)}
        label={t('staff.field.promisedBy')}
        empty={t('staff.case.none')}
        value={value(`promisedBy${row}`)}
        options={parties
          .filter(({ ended }) => !ended)
          .map((party) => ({ value: party.id, label: partyName(t, party, identity.firstName) }))}
      />
      <TextField
        {...field(`promised${row}`)}
        label={t('staff.field.promised')}
        hint={row === 1 ? t('staff.field.promised.hint', { limit: LINE_LIMIT }) : undefined}
        value={value(`promised${row}`)}
      />
      <DateField
        {...field(`promisedFor${row}`)}
        label={t('staff.field.promisedFor')}
        value={value(`promisedFor${row}`)}
      />
    </>
  );
}

function Link({ of, row }: RowProps) {
  const { t, value, field } = typedOf(of);
  return (
    <>
      <SelectField
        {...field(`linkWith${row}`)}
        label={t('staff.field.linkWith')}
        empty={t('staff.case.none')}
        value={value(`linkWith${row}`)}
        options={of.view.organisations.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <SelectField
        {...field(`linkKind${row}`)}
        label={t('staff.field.linkKind')}
        empty={t('staff.case.none')}
        value={value(`linkKind${row}`)}
        options={LINK_KINDS.map((kind) => ({ value: kind, label: t(`staff.linkKind.${kind}`) }))}
      />
      <SingleCheckbox
        {...field(`linkHeld${row}`)}
        label={t('staff.field.linkHeld')}
        checked={value(`linkHeld${row}`) === 'yes'}
      />
    </>
  );
}
