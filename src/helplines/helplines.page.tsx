import type { Translate } from '../i18n/catalogue.ts';
import type { StaffFrame } from '../staff/staff-frame.tsx';
import { BackLink } from '../ui/back.tsx';
import { Button, ButtonLink, Buttons } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Choice, SingleCheckbox } from '../ui/choice.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { Flash } from '../ui/flash.tsx';
import { TextField } from '../ui/text-field.tsx';
import { WorkLayout } from '../ui/work-layout.tsx';
import type { HelplineFault } from './helpline.form.ts';
import { helplineWords, knownHours, knownName } from './helpline-words.ts';
import { AUDIENCES, type HelplineRow, isFixed } from './helpline.ts';
import type { HelplineSettings } from './helplines.query.ts';
import { HELPLINES } from './who-sets.ts';

/** /administration/numeros: the numbers of the safety page, with the day each was last made sure of (spec §4.11). */
export function HelplinesPage(props: {
  frame: StaffFrame;
  lines: readonly HelplineSettings[];
  /** Those nobody has made sure of for twelve months. */
  late: readonly string[];
  done: boolean;
}) {
  const { t } = props.frame;
  return (
    <WorkLayout {...props.frame} title={t('staff.helplines.title')}>
      <h1>{t('staff.helplines.title')}</h1>
      {props.done && <Flash kind="done" main={t('staff.helplines.done')} />}
      <p>{t('staff.helplines.lead')}</p>
      {props.late.length > 0 && (
        <p>
          <strong>{t('staff.helplines.late', { count: props.late.length })}</strong>
        </p>
      )}
      <DataTable
        id="helplines"
        caption={t('staff.helplines.title')}
        captionIsSpokenOnly
        columns={(['number', 'who', 'hours', 'shown', 'checked'] as const).map((column) => ({
          label: t(`staff.helplines.column.${column}`),
        }))}
        rows={props.lines.map((line) => {
          const { number, who, when } = helplineWords(t, line);
          return [
            <a href={`${HELPLINES}/${line.code}`}>{number}</a>,
            who,
            when ?? '',
            t(line.shown ? 'staff.says.yes' : 'staff.says.no'),
            line.checkedOn ? t.longDateYear(line.checkedOn) : t('staff.helplines.never'),
          ];
        })}
      />
      <Buttons>
        <ButtonLink href={`${HELPLINES}/nouveau`} kind="outline">
          {t('staff.helplines.add')}
        </ButtonLink>
        <ButtonLink href="/danger" kind="outline">
          {t('staff.helplines.see')}
        </ButtonLink>
      </Buttons>
    </WorkLayout>
  );
}

export type HelplineTyped = Partial<
  Record<'number' | 'who' | 'hours' | 'audience' | 'ordinal' | 'shown' | 'checked', string>
>;

/** One number: what is said of it, whether it is shown, and that somebody has made sure of it today. */
export function HelplinePage(props: {
  frame: StaffFrame;
  line: HelplineSettings | undefined;
  /** Made with the page: a number added by two clicks is one. */
  form: string;
  typed: HelplineTyped;
  errors: Record<string, HelplineFault>;
  refusal?: string | undefined;
}) {
  const { frame, line, typed } = props;
  const { t } = frame;
  const faults = Object.entries(props.errors).map(([name, key]) => ({
    name,
    message: t(`staff.helplines.wrong.${key}`),
  }));
  const error = (name: string) => faults.find((fault) => fault.name === name)?.message;
  const words = line && helplineWords(t, line);
  const title = words ? `${words.number} – ${words.who}` : t('staff.helplines.add');
  const fixed = line !== undefined && isFixed(line.code);
  const text = (name: 'number' | 'who' | 'hours' | 'ordinal') => ({ t, name, value: typed[name], error: error(name) });
  return (
    <WorkLayout {...frame} title={titleWithErrors(t, title, faults)}>
      <BackLink href={HELPLINES} label={t('staff.helplines.title')} />
      <h1>{title}</h1>
      {props.refusal && <Flash kind="changed" main={props.refusal} />}
      <ErrorSummary t={t} errors={faults} />
      {fixed && <p>{t('staff.helplines.fixed')}</p>}
      <form method="post" action={`${HELPLINES}/${line?.code ?? 'nouveau'}`} class="form" novalidate>
        {!line && <input type="hidden" name="form" value={props.form} />}
        {fixed ? (
          <>
            <input type="hidden" name="number" value={line.number} />
            <input type="hidden" name="shown" value="yes" />
          </>
        ) : (
          <TextField
            {...text('number')}
            label={t('staff.helplines.column.number')}
            type="tel"
            inputmode="tel"
            width="medium"
          />
        )}
        <TextField
          {...text('who')}
          label={t('staff.helplines.column.who')}
          hint={defaultHint(t, line && knownName(t, line.code))}
          optional={line !== undefined}
        />
        <TextField
          {...text('hours')}
          label={t('staff.helplines.column.hours')}
          hint={defaultHint(t, line && knownHours(t, line.code))}
          optional
        />
        <Choice
          t={t}
          kind="radio"
          row
          name="audience"
          label={t('staff.helplines.audience')}
          error={error('audience')}
          chosen={[typed.audience ?? '']}
          options={AUDIENCES.map((value) => ({ value, label: t(`staff.helplines.audience.${value}`) }))}
        />
        <TextField {...text('ordinal')} label={t('staff.helplines.ordinal')} inputmode="numeric" width="short" />
        {!fixed && (
          <SingleCheckbox
            t={t}
            name="shown"
            error={error('shown')}
            label={t('staff.helplines.shown')}
            checked={typed.shown === 'yes'}
          />
        )}
        <SingleCheckbox
          t={t}
          name="checked"
          error={error('checked')}
          hint={lastCheck(t, line)}
          label={t('staff.helplines.checked')}
          checked={typed.checked === 'yes'}
        />
        <Buttons>
          <Button>{t('staff.confirm')}</Button>
        </Buttons>
      </form>
      {line?.lastChange && (
        <Card title={t('staff.helplines.last')}>
          <p>{t('staff.helplines.lastBy', { date: t.dateTime(line.lastChange.at), name: line.lastChange.who })}</p>
        </Card>
      )}
    </WorkLayout>
  );
}

/** As it stands, until somebody has typed otherwise; the box « vérifié » is ticked by nobody but who checks. */
export function asTyped(line: HelplineRow | undefined): HelplineTyped {
  if (!line) return { audience: 'everybody', ordinal: '200', shown: 'yes' };
  return {
    number: line.number,
    audience: line.audience,
    ordinal: String(line.ordinal),
    ...(line.who === null ? {} : { who: line.who }),
    ...(line.hours === null ? {} : { hours: line.hours }),
    ...(line.shown ? { shown: 'yes' } : {}),
  };
}

function defaultHint(t: Translate, words: string | undefined): string | undefined {
  return words && t('staff.helplines.default', { words });
}

function lastCheck(t: Translate, line: HelplineRow | undefined): string | undefined {
  if (!line) return undefined;
  return line.checkedOn
    ? t('staff.helplines.checkedOn', { date: t.longDateYear(line.checkedOn) })
    : t('staff.helplines.never');
}
