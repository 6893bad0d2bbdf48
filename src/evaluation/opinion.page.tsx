import type { Answers } from '../http/form-body.ts';
import type { Translate } from '../i18n/catalogue.ts';
import { Button, Buttons } from '../ui/button.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { Flash } from '../ui/flash.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import type { TownView } from '../ui/town-view.ts';
import { OpinionFields, opinionFaults } from './opinion-fields.tsx';
import type { OpinionFault } from './opinion.form.ts';

export type OpinionPageProps = {
  t: Translate;
  town: TownView;
  form: string;
  answers?: Answers;
  wrong?: OpinionFault | undefined;
  state: 'open' | 'given' | 'none';
  withService: boolean;
};

/** F7: what the person thinks, apart from who they are; one answer is enough, none is needed. */
export function OpinionPage({ t, town, form, answers = {}, wrong, state, withService }: OpinionPageProps) {
  const faults = opinionFaults(t, wrong);
  return (
    <PublicLayout t={t} town={town} title={titleWithErrors(t, t('evaluation.title'), faults)} help={true}>
      <h1>{t('evaluation.title')}</h1>
      {state === 'given' && <Flash kind="done" main={t('evaluation.thanks')} />}
      {state === 'none' && <p>{t('evaluation.none')}</p>}
      {(state === 'open' || wrong) && (
        <>
          <p>{t('evaluation.apart')}</p>
          <ErrorSummary t={t} errors={faults} />
          <form method="post" action="/suivi/avis" class="form" novalidate>
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
