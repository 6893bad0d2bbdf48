import { Button, Buttons } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { Confirmation } from '../ui/confirmation.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { Flash } from '../ui/flash.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import type { Frame } from './code.page.tsx';

/** What can be confirmed, where it is posted, and the two answers; neither is chosen beforehand (C-6). */
const ABOUT = {
  stop: { action: '/suivi/arreter', yes: 'stop', no: 'go_on' },
  replace: { action: '/suivi/remplacer', yes: 'replace', no: 'keep' },
  email: { action: '/suivi/courriel', yes: 'remove', no: 'keep' },
} as const;

/** The question, what follows from « oui », the two answers. Opening it changes nothing. */
export function ConfirmPage({
  t,
  town,
  about,
  number,
  error,
  notice,
  hidden,
}: Frame & {
  about: keyof typeof ABOUT;
  number?: string | undefined;
  error?: string | undefined;
  notice?: string | undefined;
  /** A value the page hands back, by name. */
  hidden?: { name: string; value: string } | undefined;
}) {
  const faults = error ? [{ name: 'choice', message: error }] : [];
  const { action, yes, no } = ABOUT[about];
  const question = t(`follow.${about}.question`);
  return (
    <PublicLayout t={t} town={town} title={titleWithErrors(t, question, faults)} help={true}>
      {notice && <Flash kind="changed" main={notice} />}
      <ErrorSummary t={t} errors={faults} />
      {number && <p class="above-title">{t('follow.number', { number })}</p>}
      <Confirmation
        question={question}
        consequences={{
          title: t(`follow.${about}.if`),
          lines: [t(`follow.${about}.1`), t(`follow.${about}.2`), t(`follow.${about}.3`), t(`follow.${about}.4`)],
        }}
      >
        <form method="post" action={action} class="form">
          {hidden && <input type="hidden" {...hidden} />}
          <Choice
            t={t}
            name="choice"
            kind="radio"
            label={t(`follow.${about}.choice`)}
            error={error}
            options={[
              { value: yes, label: t(`follow.${about}.yes`) },
              { value: no, label: t(`follow.${about}.no`) },
            ]}
          />
          <Buttons>
            <Button kind={about === 'stop' ? 'stop' : 'filled'}>{t(`follow.${about}.confirm`)}</Button>
          </Buttons>
        </form>
      </Confirmation>
    </PublicLayout>
  );
}
