import type { MessageKey } from '../i18n/catalogue.ts';
import type { HandedSlip } from '../parties/handed-code.query.ts';
import { formatCode } from '../privacy/case-code.ts';
import { BackLink } from '../ui/back.tsx';
import { Button, ButtonLink, Buttons, PrintButton } from '../ui/button.tsx';
import { Card, Lines } from '../ui/card.tsx';
import { Flash } from '../ui/flash.tsx';
import { Slip } from '../ui/slip.tsx';
import { WorkLayout } from '../ui/work-layout.tsx';
import { reachOf } from './call-care.ts';
import type { CaseView } from './case-view.query.ts';
import { nameIn } from './party-choice.tsx';
import type { StaffFrame } from './staff-frame.tsx';

/** What whoever handed a new code gives to the person: to read aloud, to write down, or on paper. Shown once; afterwards there is no code here. */
export function HandedCodePage(props: {
  frame: StaffFrame;
  view: CaseView;
  partyId: string;
  slip: HandedSlip | undefined;
  followAddress: string;
  /** What the PDF is made of. */
  sealed: string;
}) {
  const { frame, view, partyId, slip } = props;
  const { t, town } = frame;
  const title = t('staff.handed.title', { number: view.number });
  const again = `/equipe/demandes/${view.id}/nouveau-code?party=${partyId}`;
  return (
    <WorkLayout {...frame} title={title}>
      <BackLink href={`/equipe/demandes/${view.id}`} label={t('staff.back')} />
      <h1>{title}</h1>
      {slip ? (
        <>
          <Flash kind="done" main={t('staff.entered.once')}>
            {t('staff.handed.give', { name: nameIn(t, view)(partyId) })}
          </Flash>
          <Care {...props} />
          <Slip
            t={t}
            town={town}
            number={slip.number}
            code={slip.code}
            receivedAt={t.dateTime(slip.receivedAt)}
            followAddress={props.followAddress}
          />
          <Card title={t('staff.entered.aloud')}>
            <p>{t('staff.entered.sayCode', { code: formatCode(slip.code).replaceAll('-', ' – ') })}</p>
          </Card>
          <Buttons>
            <form method="post" action={`/equipe/demandes/${view.id}/papiers/code`}>
              <input type="hidden" name="slip" value={props.sealed} />
              <Button>{t('staff.entered.pdf')}</Button>
            </form>
            <PrintButton>{t('request.receipt.print')}</PrintButton>
          </Buttons>
        </>
      ) : (
        <>
          <Flash kind="changed" main={t('staff.entered.shown')}>
            {t('staff.handed.gone')}
          </Flash>
          <Buttons>
            <ButtonLink kind="outline" href={again}>
              {t('staff.action.nouveau-code')}
            </ButtonLink>
          </Buttons>
        </>
      )}
    </WorkLayout>
  );
}

/** What to mind when it is given: how this person asked to be reached, and who stands for a minor (R81, R98). */
function Care({ frame: { t }, view, partyId }: { frame: StaffFrame; view: CaseView; partyId: string }) {
  const party = view.parties.find(({ id }) => id === partyId);
  if (!party) return null;
  const lines = [
    // Codes of the form, each with its words in the catalogue.
    ...reachOf(view, party).precautions.map((care) =>
      t('staff.entered.care', { what: t(`request.precaution.${care}` as MessageKey) }),
    ),
    ...(party.side === 'other' && party.minor ? [t('staff.handed.minor')] : []),
  ];
  if (lines.length === 0) return null;
  return (
    <Card title={t('staff.entered.how')}>
      <Lines lines={lines} />
    </Card>
  );
}
