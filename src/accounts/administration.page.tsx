import type { StaffFrame } from '../staff/staff-frame.tsx';
import { BackLink } from '../ui/back.tsx';
import { Button, Buttons } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Choice } from '../ui/choice.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { DefinitionList } from '../ui/definition-list.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { Flash } from '../ui/flash.tsx';
import { WorkLayout } from '../ui/work-layout.tsx';
import type { AccessEvent, PersonAccess } from './administration.query.ts';
import type { AccessAct } from './change-access.command.ts';

type T = StaffFrame['t'];

/** /administration: who may enter. Nothing of any case is here (line 4). */
export function AccessListPage({ frame, people }: { frame: StaffFrame; people: readonly PersonAccess[] }) {
  const { t } = frame;
  const columns = ['name', 'roles', 'state', 'last'] as const;
  return (
    <WorkLayout {...frame} title={t('accounts.admin.title')}>
      <h1>{t('accounts.admin.title')}</h1>
      <p>{t('accounts.admin.lead')}</p>
      <DataTable
        id="people"
        caption={t('accounts.admin.caption')}
        captionIsSpokenOnly
        columns={columns.map((column) => ({ label: t(`accounts.admin.column.${column}`) }))}
        rows={people.map((person) => [
          <a href={`/administration/personnes/${person.id}`}>{person.name}</a>,
          rolesOf(t, person),
          stateOf(t, person),
          person.lastSignIn ? t.shortDateTime(person.lastSignIn) : t('accounts.admin.never'),
        ])}
      />
    </WorkLayout>
  );
}

/** One person: where their access stands, and one form to change it. `code` is shown once, on the answer itself. */
export function PersonAccessPage(props: {
  frame: StaffFrame;
  person: PersonAccess;
  history: readonly AccessEvent[];
  acts: readonly AccessAct[];
  isYou: boolean;
  error?: string | undefined;
  done?: string | undefined;
  refusal?: string | undefined;
  code?: { token: string; address: string } | undefined;
}) {
  const { frame, person, acts } = props;
  const { t } = frame;
  const faults = props.error ? [{ name: 'act', message: props.error }] : [];
  return (
    <WorkLayout {...frame} title={titleWithErrors(t, person.name, faults)}>
      <BackLink href="/administration" label={t('accounts.admin.back')} />
      <h1>{person.name}</h1>
      {props.done && <Flash kind="done" main={props.done} />}
      {props.refusal && <Flash kind="changed" main={props.refusal} />}
      <ErrorSummary t={t} errors={faults} />
      {props.code && (
        <Card title={t('accounts.admin.code.title', { name: person.name })}>
          <p>
            <code>{props.code.token}</code>
          </p>
          <p>{t('accounts.admin.code.once')}</p>
          <p>{t('accounts.admin.code.where', { address: props.code.address })}</p>
        </Card>
      )}
      <DefinitionList
        items={[
          { term: t('accounts.admin.email'), says: person.email },
          { term: t('accounts.admin.column.roles'), says: rolesOf(t, person) },
          { term: t('accounts.admin.column.state'), says: stateOf(t, person) },
        ]}
      />
      {props.isYou ? (
        <p>{t('accounts.admin.yourself')}</p>
      ) : (
        <form method="post" action={`/administration/personnes/${person.id}`} class="form">
          <Choice
            t={t}
            kind="radio"
            name="act"
            label={t('accounts.admin.what')}
            error={props.error}
            options={acts.map((act) => ({
              value: act,
              label: t(`accounts.admin.${act}`),
              hint: t(`accounts.admin.${act}.hint`),
            }))}
          />
          <Buttons>
            <Button>{t('accounts.admin.button')}</Button>
          </Buttons>
        </form>
      )}
      {props.history.length > 0 && (
        <Card title={t('accounts.admin.history')}>
          <DefinitionList
            items={props.history.map(({ at, code }) => ({
              term: t.shortDateTime(at),
              says: t(`accounts.event.${code}`),
            }))}
          />
        </Card>
      )}
    </WorkLayout>
  );
}

function rolesOf(t: T, person: PersonAccess): string {
  return person.roles.map((role) => t(`staff.role.${role}`)).join(', ');
}

function stateOf(t: T, { state, invitedUntil }: PersonAccess): string {
  return t(`accounts.state.${state}`, invitedUntil ? { date: t.shortDateTime(invitedUntil) } : undefined);
}
