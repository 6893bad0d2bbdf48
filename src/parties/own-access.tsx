import type { PublicKey, PublicTranslate } from '../i18n/catalogue.ts';
import { RIGHTS_ADDRESS } from '../rights/rights-address.ts';
import { ButtonLink, Buttons } from '../ui/button.tsx';

/**
 * What a code holder may do about how they are reached, the code, the address on file and every other datum: the same for both sides (C-2,
 * C-3, R29, R82, R98).
 */
export function OwnAccess(props: {
  t: PublicTranslate;
  /** « Comment me joindre », while it may be changed. */
  reach?: string | undefined;
  replace: string;
  email: string;
  hasEmail: boolean;
}) {
  const { t } = props;
  return (
    <>
      {props.reach && <Way t={t} about="reach" href={props.reach} />}
      <Way t={t} about="replace" href={props.replace} />
      {props.hasEmail && <Way t={t} about="email" href={props.email} />}
      <OwnRights t={t} />
    </>
  );
}

/** The way to « Mes droits », open as long as data are kept. */
export function OwnRights({ t }: { t: PublicTranslate }) {
  return <Way t={t} about="rights" href={RIGHTS_ADDRESS} />;
}

function Way({
  t,
  about,
  href,
}: {
  t: PublicTranslate;
  about: 'reach' | 'replace' | 'email' | 'rights';
  href: string;
}) {
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
