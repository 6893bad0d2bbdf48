import type { Answers } from '../http/form-body.ts';
import { one } from '../http/typed-answers.ts';
import type { Translate } from '../i18n/catalogue.ts';
import { Button, Buttons } from '../ui/button.tsx';
import { Choice, SingleCheckbox } from '../ui/choice.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { DateField, TextField } from '../ui/text-field.tsx';
import { type AnswerFault, COMMENT_LIMIT, REFER_LIMIT } from './answer.form.ts';
import type { RequestForPartner } from './own-requests.query.ts';
import { mayAnswer, REPLIES } from './request-status.ts';

export type AnswerFormProps = {
  t: Translate;
  request: RequestForPartner;
  form: string;
  answers?: Answers;
  wrong?: readonly AnswerFault[];
};

/** F5: the answer on one screen, what was typed kept (R63). */
export function AnswerForm(props: AnswerFormProps) {
  const { t, request, answers = {}, wrong = [] } = props;
  const value = (name: string) => one(answers, name);
  const field = (name: AnswerFault) => ({ t, name, error: wrong.includes(name) ? faultOf(t, name) : undefined });
  return (
    <form method="post" action={`/partenaire/demandes/${request.id}/repondre`} class="form" novalidate>
      <input type="hidden" name="form" value={props.form} />
      <input type="hidden" name="seen" value={String(request.answers.length)} />
      <Choice
        {...field('reply')}
        kind="radio"
        label={t('partners.reply')}
        chosen={[value('reply') ?? '']}
        options={REPLIES.filter((reply) => mayAnswer(request.state, reply)).map((reply) => ({
          value: reply,
          label: t(`partners.reply.${reply}`),
          hint: t(`partners.reply.${reply}.hint`),
        }))}
      />
      <DateField {...field('action_on')} label={t('partners.actionOn')} optional value={value('action_on')} />
      <TextField {...field('refer_to')} label={t('partners.referTo')} optional value={value('refer_to')} />
      <TextArea
        {...field('comment')}
        label={t('partners.comment')}
        hint={t('partners.comment.hint')}
        optional
        rows={3}
        value={value('comment')}
        limit={COMMENT_LIMIT}
      />
      <TextField
        {...field('follow_up_contact')}
        label={t('partners.followUpContact')}
        hint={t('partners.followUpContact.hint')}
        optional
        value={value('follow_up_contact')}
      />
      <SingleCheckbox
        t={t}
        name="will_take_part"
        label={t('partners.willTakePart')}
        checked={value('will_take_part') === 'yes'}
      />
      <Buttons>
        <Button>{t('partners.send')}</Button>
      </Buttons>
    </form>
  );
}

/** What is wrong with a field of the answer, in words. */
export function faultOf(t: Translate, name: AnswerFault): string {
  return t(`partners.wrong.${name}`, { limit: name === 'comment' ? COMMENT_LIMIT : REFER_LIMIT });
}
