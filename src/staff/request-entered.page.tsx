import type { MessageKey } from '../i18n/catalogue.ts';
import { formatCode } from '../privacy/case-code.ts';
import { BackLink } from '../ui/back.tsx';
import { Button, ButtonLink, Buttons, PrintButton } from '../ui/button.tsx';
import { Card, Lines } from '../ui/card.tsx';
import { Flash } from '../ui/flash.tsx';
import { Slip } from '../ui/slip.tsx';
import { WorkLayout } from '../ui/work-layout.tsx';
import type { EnteredFacts } from './request-entered.query.ts';
import type { StaffFrame } from './staff-frame.tsx';

export type EnteredProps = {
  frame: StaffFrame;
  facts: EnteredFacts;
  /** Shown once; afterwards the number stands alone. */
  code: string | undefined;
  /** What the person chose, as codes of the form. */
  ways: readonly string[];
  precautions: readonly string[];
  followAddress: string;
  /** The sealed slip that the PDF is made of. */
  sealed: string | undefined;
};

/** What whoever typed a request gives to the person: number and code to read aloud, to write down, or on paper. */
export function EnteredPage({ frame, facts, code, ways, precautions, followAddress, sealed }: EnteredProps) {
  const { t, town } = frame;
  const { number, held } = facts;
  const readBefore = t.longDateYear(facts.readBefore);
  const title = t('staff.entered.title', { number });
  return (
    <WorkLayout {...frame} title={title}>
      <BackLink href="/equipe" label={t('staff.todo.title')} />
      <h1>{title}</h1>
      {code ? (
        <Flash kind="done" main={t('staff.entered.once')}>
          {t('staff.entered.give')}
        </Flash>
      ) : (
        <Flash kind="changed" main={t('staff.entered.shown')}>
          {t('staff.entered.later')}
        </Flash>
      )}
      {facts.danger && <p class="danger-note">{t('staff.entered.danger')}</p>}
      <Card title={t('staff.entered.how')}>
        <Lines
          lines={[
            // Codes of the form, each with its words in the catalogue.
            ...ways.map((way) => t(`staff.entered.way.${way}` as MessageKey, { held: held ?? 'no' })),
            ...precautions.map((care) =>
              t('staff.entered.care', { what: t(`request.precaution.${care}` as MessageKey) }),
            ),
          ]}
        />
      </Card>
      <Slip
        t={t}
        town={town}
        number={number}
        code={code}
        receivedAt={t.dateTime(facts.receivedAt)}
        readBefore={readBefore}
        followAddress={followAddress}
      />
      {code && (
        <Card title={t('staff.entered.aloud')}>
          <p>{t('staff.entered.say', { number, date: readBefore, phone: town.phone })}</p>
          <p>{t('staff.entered.sayCode', { code: formatCode(code).replaceAll('-', ' – ') })}</p>
          <p>{t('staff.entered.sayFree')}</p>
        </Card>
      )}
      <Buttons>
        {sealed && (
          <form method="post" action="/equipe/saisie/recu.pdf">
            <input type="hidden" name="slip" value={sealed} />
            <Button>{t('staff.entered.pdf')}</Button>
          </form>
        )}
        <PrintButton>{t('request.receipt.print')}</PrintButton>
        <ButtonLink kind="outline" href="/equipe/saisie">
          {t('staff.entered.next')}
        </ButtonLink>
      </Buttons>
    </WorkLayout>
  );
}
