import type { Answers } from '../http/form-body.ts';
import { many, one } from '../http/typed-answers.ts';
import type { PublicKey, PublicTranslate } from '../i18n/catalogue.ts';
import { BackLink } from '../ui/back.tsx';
import { Button, Buttons } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { Flash } from '../ui/flash.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import { TextField } from '../ui/text-field.tsx';
import type { TownView } from '../ui/town-view.ts';
import type { OwnReach } from './own-reach.query.ts';
import { PRECAUTIONS, type ReachFaults, waysFor } from './reach.form.ts';

const FORM = 'reach-form';

/** « Comment me joindre », of either side: the boxes as they stand, numbers and addresses to replace only; none is ever shown (C-3, R98). */
export function ReachPage(props: {
  t: PublicTranslate;
  town: TownView;
  action: string;
  back: string;
  reach: OwnReach;
  form: string;
  answers: Answers | undefined;
  errors: ReachFaults;
  notice?: string | undefined;
}) {
  const { t, reach, answers } = props;
  const faults = Object.entries(props.errors).map(([name, key]) => ({
    name,
    message: t(`request.error.${key}` as PublicKey),
  }));
  const field = (name: string) => ({ t, name, error: faults.find((fault) => fault.name === name)?.message });
  const text = (name: string) => ({ ...field(name), value: one(answers, name) });
  const boxes = (name: string, standing: readonly string[]) => (answers ? many(answers, name) : standing);
  const kept = (isThere: boolean) => (isThere ? t('follow.reach.kept') : undefined);
  return (
    <PublicLayout
      t={t}
      town={props.town}
      title={titleWithErrors(t, t('follow.reach.title'), faults)}
      help={true}
      form={{ id: FORM }}
    >
      <BackLink href={props.back} label={t('ui.back')} />
      <p class="above-title">{t('follow.number', { number: reach.number })}</p>
      <h1>{t('follow.reach.title')}</h1>
      {props.notice && <Flash kind="changed" main={props.notice} />}
      <ErrorSummary t={t} errors={faults} />
      <p>{t('follow.reach.lead')}</p>
      <form id={FORM} method="post" action={props.action} class="form" novalidate>
        <input type="hidden" name="form" value={props.form} />
        <Choice
          {...field('contact_ways')}
          kind="checkbox"
          label={t('request.contact_ways')}
          chosen={boxes('contact_ways', reach.contactWays)}
          options={waysFor(reach).map((value) => ({ value, label: t(`request.way.${value}`) }))}
        />
        <TextField
          {...text('phone')}
          optional
          label={t('request.phone')}
          hint={kept(reach.hasPhone)}
          type="tel"
          inputmode="tel"
          autocomplete="tel"
          width="medium"
        />
        <TextField
          {...text('postal_address')}
          optional
          label={t('request.postal_address')}
          hint={kept(reach.hasAddress)}
          autocomplete="street-address"
        />
        {reach.side === 'requester' && (
          <TextField
            {...text('trusted_person')}
            optional
            label={t('request.trusted_person')}
            hint={kept(reach.hasTrusted)}
            autocomplete="off"
          />
        )}
        <Choice
          {...field('precautions')}
          kind="checkbox"
          optional
          label={t('request.precautions')}
          chosen={boxes('precautions', reach.precautions)}
          options={PRECAUTIONS.map((value) => ({ value, label: t(`request.precaution.${value}`) }))}
        />
        <TextField
          {...text('contact_hours')}
          optional
          label={t('request.contact_hours')}
          hint={kept(reach.precautions.includes('only_hours'))}
          width="medium"
          autocomplete="off"
        />
        <Buttons>
          <Button>{t('follow.reach.button')}</Button>
        </Buttons>
      </form>
    </PublicLayout>
  );
}
