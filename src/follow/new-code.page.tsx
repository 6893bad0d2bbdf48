import { ButtonLink, Buttons, PrintButton } from '../ui/button.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import { Slip } from '../ui/slip.tsx';
import type { Frame } from './code.page.tsx';

/** The new code, with the care of the receipt: to be noted or printed alone. */
export function NewCodePage({
  t,
  town,
  number,
  code,
  receivedAt,
  followAddress,
}: Frame & { number: string; code: string; receivedAt: Date; followAddress: string }) {
  return (
    <PublicLayout t={t} town={town} title={t('follow.new.title')} help={true}>
      <h1>{t('follow.new.title')}</h1>
      <p>{t('follow.new.text')}</p>
      <Slip
        t={t}
        town={town}
        number={number}
        code={code}
        receivedAt={t.dateTime(receivedAt)}
        followAddress={followAddress}
      />
      <Buttons>
        <ButtonLink href="/suivi">{t('follow.new.follow')}</ButtonLink>
        <PrintButton>{t('follow.new.print')}</PrintButton>
      </Buttons>
    </PublicLayout>
  );
}
