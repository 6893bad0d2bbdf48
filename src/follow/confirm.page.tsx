import { Button, Buttons } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { Confirmation } from '../ui/confirmation.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { Flash } from '../ui/flash.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import type { Frame } from './code.page.tsx';

const STOP = { yes: 'stop', no: 'go_on', button: 'stop' } as const;
const REPLACE = {
  yes: 'replace',
  no: 'keep',
  button: 'filled',
  words: 'follow.replace',
  lines: linesOf('follow.replace'),
} as const;
const EMAIL = {
  yes: 'remove',
  no: 'keep',
  button: 'filled',
  words: 'follow.email',
  lines: linesOf('follow.email'),
} as const;

/** What can be confirmed, where it is posted, and the two answers; neither is chosen beforehand (C-6). */
const ABOUT = {
  party_replace: { ...REPLACE, action: '/suivi/participation/remplacer' },
  party_email: { ...EMAIL, action: '/suivi/participation/courriel' },
  party_stop: {
    ...STOP,
    action: '/suivi/participation/arreter',
    words: 'parties.stop',
    lines: ['parties.stop.1', 'parties.stop.2', 'parties.stop.3'],
  },
  stop: { ...STOP, action: '/suivi/arreter', words: 'follow.stop', lines: linesOf('follow.stop') },
  replace: { ...REPLACE, action: '/suivi/remplacer' },
  email: { ...EMAIL, action: '/suivi/courriel' },
} as const;

function linesOf<Words extends 'follow.replace' | 'follow.email' | 'follow.stop'>(words: Words) {
  return [`${words}.1`, `${words}.2`, `${words}.3`, `${words}.4`] as const;
}

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
  const { action, yes, no, button, words, lines } = ABOUT[about];
  const question = t(`${words}.question`);
  return (
    <PublicLayout t={t} town={town} title={titleWithErrors(t, question, faults)} help={true} form={{ id: FORM }}>
      {notice && <Flash kind="changed" main={notice} />}
      <ErrorSummary t={t} errors={faults} />
      {number && (
        <p class="above-title">{t(about === 'party_stop' ? 'parties.number' : 'follow.number', { number })}</p>
      )}
      <Confirmation
        question={question}
        consequences={{
          title: t(`${words}.if`),
          lines: lines.map((line) => t(line)),
        }}
      >
        <form id={FORM} method="post" action={action} class="form">
          {hidden && <input type="hidden" {...hidden} />}
          <Choice
            t={t}
            name="choice"
            kind="radio"
            label={t(`${words}.choice`)}
            error={error}
            chosen={chosen === undefined ? undefined : [chosen]}
            options={[
              { value: yes, label: t(`${words}.yes`) },
              { value: no, label: t(`${words}.no`) },
            ]}
          />
          <Buttons>
            <Button kind={button}>{t(`${words}.confirm`)}</Button>
          </Buttons>
        </form>
      </Confirmation>
    </PublicLayout>
  );
}
