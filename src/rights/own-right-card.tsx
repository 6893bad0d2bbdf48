import type { PublicTranslate } from '../i18n/catalogue.ts';
import { Button, ButtonLink, Buttons } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { RichText } from '../ui/rich-text.tsx';
import type { OwnRight } from './own-rights.query.ts';
import { RIGHTS_ADDRESS } from './rights-address.ts';

/** One thing asked: when it is answered and what otherwise, or the answer, what was erased, and how to complain after a no. */
export function OwnRightCard({ t, right }: { t: PublicTranslate; right: OwnRight }) {
  const address = `${RIGHTS_ADDRESS}/${right.id}`;
  return (
    <Card title={t(`follow.rights.right.${right.right}`)}>
      <p>
        {t(`follow.rights.state.${right.state}`, {
          asked: t.longDate(right.receivedOn),
          due: t.longDate(right.dueDay),
        })}
      </p>
      {right.about && (
        <p class="written" dir="auto">
          {right.about}
        </p>
      )}
      {right.isOpen && <p>{t('follow.rights.otherwise')}</p>}
      {right.extensionReason && (
        <>
          <h3>{t('follow.rights.extension')}</h3>
          <p class="written" dir="auto">
            {right.extensionReason}
          </p>
        </>
      )}
      {right.refusalGround && <p>{t(`follow.rights.ground.${right.refusalGround}`)}</p>}
      {right.answer && (
        <>
          <h3>{t('follow.rights.answer')}</h3>
          <p class="written" dir="auto">
            {right.answer}
          </p>
        </>
      )}
      {right.erased.map((what) => (
        <p>{t(`follow.rights.erased.${what}`)}</p>
      ))}
      {right.hasCopy && (
        <Buttons>
          <ButtonLink href={`${address}/copie`} kind="outline">
            {t('follow.rights.copy')}
          </ButtonLink>
        </Buttons>
      )}
      {right.refusalGround && (
        <p>
          <RichText
            t={t}
            id="follow.rights.appeal"
            parts={{ site: <a href="https://www.cnil.fr/fr/plaintes">www.cnil.fr</a> }}
          />
        </p>
      )}
      {right.isOpen && (
        <form method="post" action={`${address}/retirer`}>
          <Button kind="outline">{t('follow.rights.takeBack')}</Button>
        </form>
      )}
    </Card>
  );
}
