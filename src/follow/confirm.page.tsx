import { Button, Buttons } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { Confirmation } from '../ui/confirmation.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { Flash } from '../ui/flash.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import type { Frame } from './code.page.tsx';

/** What can be confirmed, where it is posted, and the two answers; neither is chosen beforehand (C-6). */
const ABOUT = {
  party_replace: { action: '/suivi/participation/remplacer', yes: 'replace', no: 'keep', words: 'replace' },
  party_email: { action: '/suivi/participation/courriel', yes: 'remove', no: 'keep', words: 'email' },
  stop: { action: '/suivi/arreter', yes: 'stop', no: 'go_on', words: 'stop' },
  replace: { action: '/suivi/remplacer', yes: 'replace', no: 'keep', words: 'replace' },
  email: { action: '/suivi/courriel', yes: 'remove', no: 'keep', words: 'email' },
} as const;

const FORM = 'confirm';

/** The question, what follows from « oui », the two answers. Opening it changes nothing. */
export function ConfirmPage({
  t,
  town,
  about,
  number,
  error,
  notice,
  hidden,
  chosen,
}: Frame & {
  about: keyof typeof ABOUT;
  number?: string | undefined;
  error?: string | undefined;
  notice?: string | undefined;
  /** What was chosen before the language was changed. */
  chosen?: string | undefined;
  /** A value the page hands back, by name. */
  hidden?: { name: string; value: string } | undefined;
}) {
  const faults = error ? [{ name: 'choice', message: error }] : [];
  const { action, yes, no, words } = ABOUT[about];
  const question = t(`follow.${words}.question`);
  return (
    <PublicLayout t={t} town={town} title={titleWithErrors(t, question, faults)} help={true} form={{ id: FORM }}>
      {notice && <Flash kind="changed" main={notice} />}
      <ErrorSummary t={t} errors={faults} />
      {number && <p class="above-title">{t('follow.number', { number })}</p>}
      <Confirmation
        question={question}
        consequences={{
          title: t(`follow.${words}.if`),
          lines: [t(`follow.${words}.1`), t(`follow.${words}.2`), t(`follow.${words}.3`), t(`follow.${words}.4`)],
        }}
      >
        <form id={FORM} method="post" action={action} class="form">
          {hidden && <input type="hidden" {...hidden} />}
          <Choice
            t={t}
            name="choice"
            kind="radio"
            label={t(`follow.${words}.choice`)}
            error={error}
            chosen={chosen === undefined ? undefined : [chosen]}
            options={[
              { value: yes, label: t(`follow.${words}.yes`) },
              { value: no, label: t(`follow.${words}.no`) },
            ]}
          />
          <Buttons>
            <Button kind={about === 'stop' ? 'stop' : 'filled'}>{t(`follow.${words}.confirm`)}</Button>
          </Buttons>
        </form>
      </Confirmation>
    </PublicLayout>
  );
}
