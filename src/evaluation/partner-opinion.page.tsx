import type { Answers } from '../http/form-body.ts';
import type { Translate } from '../i18n/catalogue.ts';
import { BackLink } from '../ui/back.tsx';
import { Button, Buttons } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { Flash } from '../ui/flash.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import type { TownView } from '../ui/town-view.ts';
import { CHANGED, INFORMATION, type PartnerOpinionFault, PREVENTED } from './partner-opinion.form.ts';
import type { PartnerOpinionAsked } from './partner-opinion-state.query.ts';

export type PartnerOpinionPageProps = {
  t: Translate;
  town: TownView;
  requestId: string;
  asked: PartnerOpinionAsked;
  answers?: Answers;
  wrong?: PartnerOpinionFault | undefined;
};

/** F8: what the organisation thinks, apart from which one it is; one answer is enough, none is needed, nothing is typed. */
export function PartnerOpinionPage({ t, town, requestId, asked, answers = {}, wrong }: PartnerOpinionPageProps) {
  const faults = wrong
    ? [{ name: wrong === 'unread' ? 'useful' : wrong, message: t(`partners.asked.wrong.${wrong}`) }]
    : [];
  const field = (name: 'useful' | 'exchange_easier' | 'information' | 'delay_ok' | 'call_again') => {
    const typed = answers[name];
    return { ...words(name), kind: 'radio' as const, row: true, chosen: typeof typed === 'string' ? [typed] : [] };
  };
  const several = (name: 'changed' | 'prevented' | 'places') => {
    const typed = answers[name];
    return { ...words(name), kind: 'checkbox' as const, chosen: Array.isArray(typed) ? typed : [] };
  };
  const words = (name: keyof PartnerOpinionFields) => ({
    t,
    name,
    optional: true,
    label: t(`partners.asked.${name}`),
    error: faults.find((fault) => fault.name === name)?.message,
  });
  const marks = (['1', '2', '3', '4', '5'] as const).map((mark) => ({
    value: mark,
    label: t(`evaluation.mark.${mark}`),
  }));
  const yesOrNo = (['yes', 'no'] as const).map((value) => ({ value, label: t(`parties.${value}`) }));
  return (
    <PublicLayout
      french
      t={t}
      town={town}
      title={titleWithErrors(t, t('partners.asked.title'), faults)}
      help={true}
      asksHere
    >
      <BackLink href={`/partenaire/demandes/${requestId}`} label={t('partners.back')} />
      <h1>{t('partners.asked.title')}</h1>
      {asked.state === 'given' && <Flash kind="done" main={t('evaluation.thanks')} />}
      {asked.state === 'none' && <p>{t('evaluation.none')}</p>}
      {asked.state === 'open' && (
        <>
          <p>{t('partners.asked.apart')}</p>
          <ErrorSummary t={t} errors={faults} />
          <form method="post" action={`/partenaire/demandes/${requestId}/avis`} class="form" novalidate>
            <Choice {...field('useful')} options={marks} />
            <Choice
              {...field('information')}
              options={INFORMATION.map((value) => ({ value, label: t(`partners.asked.information.${value}`) }))}
            />
            <Choice {...field('delay_ok')} options={yesOrNo} />
            <Choice {...field('exchange_easier')} options={marks} />
            <Choice
              {...several('changed')}
              options={CHANGED.map((value) => ({ value, label: t(`partners.asked.changed.${value}`) }))}
            />
            <Choice
              {...several('prevented')}
              options={PREVENTED.map((value) => ({ value, label: t(`partners.asked.prevented.${value}`) }))}
            />
            <Choice
              {...several('places')}
              hint={t('partners.asked.places.hint')}
              options={asked.places.map(({ id, name }) => ({ value: id, label: name }))}
            />
            <Choice {...field('call_again')} options={yesOrNo} />
            <Buttons>
              <Button>{t('evaluation.send')}</Button>
            </Buttons>
          </form>
        </>
      )}
    </PublicLayout>
  );
}

type PartnerOpinionFields = Record<
  'useful' | 'exchange_easier' | 'information' | 'delay_ok' | 'call_again' | 'changed' | 'prevented' | 'places',
  unknown
>;
