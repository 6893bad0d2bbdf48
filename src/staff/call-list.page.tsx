import { CALL_OUTCOMES } from '../calls/call-choices.ts';
import type { CallToMake } from '../calls/calls-to-make.query.ts';
import type { MessageKey } from '../i18n/catalogue.ts';
import { BackLink } from '../ui/back.tsx';
import { Button, Buttons } from '../ui/button.tsx';
import { Card, Lines } from '../ui/card.tsx';
import { StatusChip } from '../ui/chips.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Flash } from '../ui/flash.tsx';
import { WorkLayout } from '../ui/work-layout.tsx';
import { readablePhone } from './readable-phone.ts';
import type { StaffFrame } from './staff-frame.tsx';

/** « Appels avec un interprète »: people who asked for one before any request. Whoever speaks with them types their request, or not. */
export function CallListPage(props: {
  frame: StaffFrame;
  calls: readonly CallToMake[];
  /** How many wait in all: a page shows the first of them. */
  total: number;
  now: Date;
  done: boolean;
  /** Somebody else has settled it meanwhile. */
  gone?: boolean;
}) {
  const { frame, calls, total } = props;
  const { t } = frame;
  const title = t('staff.calls.title');
  return (
    <WorkLayout {...frame} title={title}>
      <BackLink href="/equipe" label={t('staff.section.todo')} />
      <h1>{title}</h1>
      {props.done && <Flash kind="done" main={t('staff.calls.done')} />}
      {props.gone && <Flash kind="changed" main={t('staff.calls.gone')} />}
      <p>{t('staff.calls.text')}</p>
      <p>
        <a href="/equipe/saisie">{t('staff.calls.enter')}</a>
      </p>
      {total > 0 && (
        <p>
          <strong>{t('staff.calls.total', { count: total })}</strong>
          {total > calls.length && <> {t('staff.calls.first', { count: calls.length })}</>}
        </p>
      )}
      {calls.length === 0 && <EmptyState main={t('staff.calls.empty')} />}
      {calls.map((call) => (
        <OneCall frame={frame} call={call} late={call.dueAt < props.now} />
      ))}
    </WorkLayout>
  );
}

function OneCall({ frame: { t, town }, call, late }: { frame: StaffFrame; call: CallToMake; late: boolean }) {
  const language = t(`request.language.${call.language}` as MessageKey);
  const moment = t(call.moment === 'any' ? 'request.call.any' : `request.moment.${call.moment}`);
  return (
    <Card title={t('staff.calls.one', { language, name: call.firstName ?? t('staff.calls.noName') })}>
      {late && <StatusChip>{t('staff.calls.late')}</StatusChip>}
      {call.doubtful && <StatusChip>{t('staff.chip.doubtful')}</StatusChip>}
      <Lines
        lines={[
          <a href={`tel:${call.phone}`}>{readablePhone(call.phone)}</a>,
          `${moment} (${town.openingHours})`,
          t('staff.calls.asked', { at: t.shortDateTime(call.askedAt), day: t.longDate(call.dueDay) }),
        ]}
      />
      <form method="post" action={`/equipe/appels/${call.id}`}>
        <Buttons>
          {CALL_OUTCOMES.map((outcome) => (
            <Button kind="outline" small name="outcome" value={outcome}>
              {t(`staff.calls.${outcome}`)}
            </Button>
          ))}
        </Buttons>
      </form>
    </Card>
  );
}
