import type { PublicTranslate } from '../i18n/catalogue.ts';
import { Button, Buttons } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { Confirmation } from '../ui/confirmation.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import type { TownView } from '../ui/town-view.ts';
import { SPACE } from './space-address.ts';

const FORM = 'confirm';

/** The question, what follows, two answers; neither is chosen beforehand. */
export function StopPage({
  t,
  town,
  number,
  error,
  chosen,
}: {
  t: PublicTranslate;
  town: TownView;
  number: string;
  error?: string | undefined;
  /** What was chosen before the language was changed. */
  chosen?: string | undefined;
}) {
  const faults = error ? [{ name: 'choice', message: error }] : [];
  return (
    <PublicLayout
      t={t}
      town={town}
      title={titleWithErrors(t, t('parties.stop.question'), faults)}
      help={true}
      form={{ id: FORM }}
    >
      <ErrorSummary t={t} errors={faults} />
      <p class="above-title">{t('parties.number', { number })}</p>
      <Confirmation
        question={t('parties.stop.question')}
        consequences={{
          title: t('parties.stop.if'),
          lines: [t('parties.stop.1'), t('parties.stop.2'), t('parties.stop.3')],
        }}
      >
        <form id={FORM} method="post" action={`${SPACE}/arreter`} class="form">
          <Choice
            t={t}
            name="choice"
            kind="radio"
            label={t('parties.stop.choice')}
            error={error}
            chosen={chosen === undefined ? undefined : [chosen]}
            options={[
              { value: 'stop', label: t('parties.stop.yes') },
              { value: 'go_on', label: t('parties.stop.no') },
            ]}
          />
          <Buttons>
            <Button kind="stop">{t('parties.stop.confirm')}</Button>
          </Buttons>
        </form>
      </Confirmation>
    </PublicLayout>
  );
}
