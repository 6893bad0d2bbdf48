import type { Context } from 'hono';
import type { MessageRead } from '../attachments/read-message.ts';
import type { FollowDeps } from '../follow/follow-deps.ts';
import { problemStatus } from '../http/problem.tsx';
import { type Answers, formId } from '../http/form-body.ts';
import { one } from '../http/typed-answers.ts';
import type { PublicTranslate } from '../i18n/catalogue.ts';
import { Flash } from '../ui/flash.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import type { TownView } from '../ui/town-view.ts';
import { WRITE_FORM, WriteToTeam } from './write-to-team.tsx';

/**
 * Runs what answers a message to the team. While a part is down, what was typed stands on the page that says so and is sent again from there: the
 * same form, so that a message whose answer was lost is not sent twice (F-07). @param action where the form posts.
 */
export async function keepingMessage(
  deps: FollowDeps,
  c: Context,
  action: string,
  { body, voice }: MessageRead,
  run: () => Promise<Response>,
): Promise<Response> {
  try {
    return await run();
  } catch (error) {
    const status = problemStatus(error);
    if ((status !== 500 && status !== 503) || !('fields' in body)) throw error;
    const { t, view } = deps.town(c);
    deps.log.error('message_not_taken', error, { status });
    c.header('Retry-After', '30');
    const { form = crypto.randomUUID() } = formId(body.fields);
    const { message: _message, form: _form, ...others } = body.fields;
    const kept = { action, form, typed: one(body.fields, 'message') ?? '', said: voice !== undefined, others };
    return c.html(<UnsentPage t={t} town={view} status={status} {...kept} />, status);
  }
}

/** It asks nothing of the database. */
function UnsentPage(props: {
  t: PublicTranslate;
  town: TownView;
  status: 500 | 503;
  action: string;
  form: string;
  typed: string;
  /** A recording came with it: no browser can be given it back. */
  said: boolean;
  /** What was answered in the page's other form. */
  others: Answers;
}) {
  const { t, town, status, said, others, ...form } = props;
  const title = t(`problem.${status}.title`);
  return (
    <PublicLayout t={t} town={town} title={title} help={true} form={{ id: WRITE_FORM }}>
      <h1>{title}</h1>
      <Flash kind="changed" main={t('follow.write.unsent')}>
        {said && t('attachments.voice.again')} {t(`problem.${status}.text`, { phone: town.phone })}
      </Flash>
      <WriteToTeam t={t} {...form} reader={undefined} ended={false} />
      {Object.entries(others).map(([name, value]) => (
        <input type="hidden" form={WRITE_FORM} name={name} value={value} />
      ))}
    </PublicLayout>
  );
}
