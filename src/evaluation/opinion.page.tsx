import type { Answers } from '../http/form-body.ts';
import type { PublicTranslate } from '../i18n/catalogue.ts';
import { Button, Buttons } from '../ui/button.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { Flash } from '../ui/flash.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import type { TownView } from '../ui/town-view.ts';
import { OpinionFields, opinionFaults } from './opinion-fields.tsx';
import type { OpinionFault } from './opinion.form.ts';

export type OpinionPageProps = {
  t: PublicTranslate;
  town: TownView;
  form: string;
  answers?: Answers;
  wrong?: OpinionFault | undefined;
  state: 'open' | 'given' | 'none';
  withService: boolean;
};

const FORM = 'opinion';

/** F7: what the person thinks, apart from who they are; one answer is enough, none is needed. */
export function OpinionPage({ t, town, form, answers = {}, wrong, state, withService }: OpinionPageProps) {
  const faults = opinionFaults(t, wrong);
  const open = state === 'open' || wrong !== undefined;
  return (
    <PublicLayout
      t={t}
      town={town}
      title={titleWithErrors(t, t('evaluation.title'), faults)}
      help={true}
      form={open ? { id: FORM } : undefined}
    >
      <h1>{t('evaluation.title')}</h1>
      {state === 'given' && <Flash kind="done" main={t('evaluation.thanks')} />}
      {state === 'none' && <p>{t('evaluation.none')}</p>}
      {open && (
        <>
          <p>{t('evaluation.apart')}</p>
          <ErrorSummary t={t} errors={faults} />
          <form id={FORM} method="post" action="/suivi/avis" class="form" novalidate>
            <input type="hidden" name="form" value={form} />
            <OpinionFields
              t={t}
              answers={answers}
              withService={withService}
              errorOf={(name) => faults.find((fault) => fault.name === name)?.message}
            />
            <Buttons>
              <Button>{t('evaluation.send')}</Button>
            </Buttons>
          </form>
        </>
      )}
    </PublicLayout>
  );
}
