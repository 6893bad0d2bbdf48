import type { Answers } from '../http/form-body.ts';
import { one } from '../http/typed-answers.ts';
import type { PublicKey, PublicTranslate } from '../i18n/catalogue.ts';
import { BackLink } from '../ui/back.tsx';
import { Button, Buttons } from '../ui/button.tsx';
import { Lines } from '../ui/card.tsx';
import { Choice } from '../ui/choice.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { Flash } from '../ui/flash.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import { TextArea } from '../ui/text-area.tsx';
import type { TownView } from '../ui/town-view.ts';
import { OwnRightCard } from './own-right-card.tsx';
import type { OwnRight } from './own-rights.query.ts';
import { ABOUT_LIMIT, type RightFault } from './right.form.ts';
import { RIGHTS_ADDRESS } from './rights-address.ts';
import { RIGHTS, RIGHTS_REPLIES } from './rights-status.ts';

const FORM = 'right-asked';

export type RightsPageProps = {
  t: PublicTranslate;
  town: TownView;
  number: string;
  rights: readonly OwnRight[];
  /** The page it was opened from. */
  back: string;
  form: string;
  answers?: Answers | undefined;
  wrong?: readonly RightFault[] | undefined;
  notice?: string | undefined;
  done?: 'asked' | 'takenBack' | undefined;
};

/** « Mes droits » (F15): what was asked and answered, then what each right means, what cannot be done, and the form. */
export function RightsPage(props: RightsPageProps) {
  const { t, town, number, rights, wrong = [], answers = {} } = props;
  const faults = wrong.map((fault) => ({
    name: fault.slice(0, fault.indexOf('.')),
    message: t(`follow.rights.${fault}`),
  }));
  const typed = (name: string) => one(answers, name);
  const field = (name: string) => ({ t, name, error: faults.find((fault) => fault.name === name)?.message });
  const chosen = (name: string) => [typed(name) ?? ''];
  return (
    <PublicLayout
      t={t}
      town={town}
      title={titleWithErrors(t, t('follow.rights.title'), faults)}
      help={true}
      form={{ id: FORM }}
    >
      <BackLink href={props.back} label={t('follow.rights.back')} />
      <p class="above-title">{t('parties.number', { number })}</p>
      <h1>{t('follow.rights.title')}</h1>
      {props.done && (
        <Flash kind="done" main={t(`follow.rights.${props.done}`)}>
          {props.done === 'asked' && t('follow.rights.asked.detail')}
        </Flash>
      )}
      {props.notice && <Flash kind="changed" main={props.notice} />}
      <ErrorSummary t={t} errors={faults} />
      {rights.length > 0 && (
        <>
          <h2>{t('follow.rights.mine')}</h2>
          {rights.map((right) => (
            <OwnRightCard t={t} right={right} />
          ))}
        </>
      )}
      <p>{t('follow.rights.lead')}</p>
      <form id={FORM} method="post" action={RIGHTS_ADDRESS} class="form" novalidate>
        <input type="hidden" name="form" value={props.form} />
        <Choice
          {...field('right')}
          kind="radio"
          label={t('follow.rights.right')}
          chosen={chosen('right')}
          options={RIGHTS.map((right) => ({
            value: right,
            label: t(`follow.rights.right.${right}`),
            hint: t(`follow.rights.right.${right}.means`),
          }))}
        />
        <TextArea
          {...field('about')}
          label={t('follow.rights.about')}
          hint={t('follow.rights.about.hint')}
          value={typed('about')}
          limit={ABOUT_LIMIT}
          optional
        />
        <Choice
          {...field('reply')}
          kind="radio"
          label={t('follow.rights.reply')}
          chosen={chosen('reply')}
          options={RIGHTS_REPLIES.map((way) => ({
            value: way,
            label: t(`follow.rights.reply.${way}`),
            hint: way === 'page' ? t('follow.rights.reply.page.means') : undefined,
          }))}
        />
        <Buttons>
          <Button>{t('follow.rights.send')}</Button>
        </Buttons>
      </form>
      <h2>{t('follow.rights.limits')}</h2>
      <Lines lines={[1, 2, 3, 4].map((line) => t(`follow.rights.limits${line}` as PublicKey))} />
      <h2>{t('follow.rights.else')}</h2>
      <p>{t('follow.rights.else.text', { phone: town.phone, address: town.address })}</p>
      <p>{t('follow.rights.dpo', { dpo: town.dpoContact })}</p>
    </PublicLayout>
  );
}
