import { OpinionFields, opinionFaults } from '../evaluation/opinion-fields.tsx';
import type { OpinionFault } from '../evaluation/opinion.form.ts';
import type { Answers } from '../http/form-body.ts';
import { BackLink } from '../ui/back.tsx';
import { Button, Buttons } from '../ui/button.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { Flash } from '../ui/flash.tsx';
import { TextField } from '../ui/text-field.tsx';
import { WorkLayout } from '../ui/work-layout.tsx';
import type { StaffFrame } from './staff-frame.tsx';

export type PaperFault = OpinionFault | 'token' | 'typed';

/** Typing in a questionnaire that came back on paper, or is answered by phone: its token and the answers, nothing of the case (F7). */
export function PaperOpinionPage({
  frame,
  answers = {},
  wrong,
  done = false,
}: {
  frame: StaffFrame;
  answers?: Answers;
  wrong?: PaperFault;
  done?: boolean;
}) {
  const { t } = frame;
  const faults =
    wrong === 'token' || wrong === 'typed'
      ? [{ name: 'token', message: t(`evaluation.paper.wrong.${wrong}`) }]
      : opinionFaults(t, wrong);
  const errorOf = (name: string) => faults.find((fault) => fault.name === name)?.message;
  const token = answers['token'];
  return (
    <WorkLayout {...frame} title={titleWithErrors(t, t('evaluation.paper.title'), faults)}>
      <BackLink href="/equipe" label={t('staff.todo.title')} />
      <h1>{t('evaluation.paper.title')}</h1>
      {done && <Flash kind="done" main={t('evaluation.paper.done')} />}
      <p>{t('evaluation.paper.apart')}</p>
      <ErrorSummary t={t} errors={faults} />
      <form method="post" action="/equipe/avis-papier" class="form" novalidate>
        <TextField
          t={t}
          name="token"
          label={t('evaluation.paper.token')}
          hint={t('evaluation.paper.token.hint')}
          error={errorOf('token')}
          value={typeof token === 'string' ? token : undefined}
          width="medium"
        />
        <OpinionFields t={t} answers={answers} withService errorOf={errorOf} />
        <Buttons>
          <Button>{t('evaluation.paper.send')}</Button>
        </Buttons>
      </form>
    </WorkLayout>
  );
}
