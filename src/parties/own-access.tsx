import type { PublicKey, PublicTranslate } from '../i18n/catalogue.ts';
import { ButtonLink, Buttons } from '../ui/button.tsx';

/** What a code holder may do about the code and the address on file: the same for both sides (C-2, C-3, R29). */
export function OwnAccess(props: { t: PublicTranslate; replace: string; email: string; hasEmail: boolean }) {
  const { t } = props;
  return (
    <>
      <Way t={t} about="replace" href={props.replace} />
      {props.hasEmail && <Way t={t} about="email" href={props.email} />}
    </>
  );
}

function Way({ t, about, href }: { t: PublicTranslate; about: 'replace' | 'email'; href: string }) {
  const say = (part: string) => t(`follow.${about}.${part}` as PublicKey);
  return (
    <>
      <h2>{say('title')}</h2>
      <p>{say('text')}</p>
      <Buttons>
        <ButtonLink href={href} kind="outline">
          {say('button')}
        </ButtonLink>
      </Buttons>
    </>
  );
}
