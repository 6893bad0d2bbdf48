import { VoiceField } from '../attachments/voice-field.tsx';
import type { MessageReader } from '../follow/message-reader.query.ts';
import type { PublicTranslate } from '../i18n/catalogue.ts';
import { Button, Buttons } from '../ui/button.tsx';
import { TextArea } from '../ui/text-area.tsx';

export const MESSAGE_LIMIT = 1_500;
/** Whose answers go along when somebody changes the language. */
export const WRITE_FORM = 'write';

/** A message to the team, the same for both sides: who reads it is named, also once the case has ended. */
export function WriteToTeam(props: {
  t: PublicTranslate;
  action: string;
  form: string;
  /** It answers our question. */
  answers?: boolean;
  reader: MessageReader | undefined;
  /** The case has ended. */
  ended: boolean;
  error?: string | undefined;
  voiceError?: string | undefined;
  typed?: string | undefined;
  kind?: 'filled' | 'outline';
  /** The id of the page's other form: one is sent at a time, and what was typed in both is shown again together. */
  within?: string | undefined;
}) {
  const { t, reader } = props;
  // What was said as the case ended is answered beside its own field.
  const mayBeSaid = !props.ended || props.voiceError !== undefined;
  const enctype = mayBeSaid ? ('multipart/form-data' as const) : undefined;
  const elsewhere = props.within && { form: props.within, formaction: props.action, formenctype: enctype };
  const fields = (
    <>
      <TextArea
        t={t}
        name="message"
        form={props.within}
        label={t(props.answers ? 'follow.answer' : 'follow.write')}
        hint={t('follow.write.hint')}
        error={props.error}
        value={props.typed}
        limit={MESSAGE_LIMIT}
      />
      {mayBeSaid && (
        <VoiceField
          t={t}
          label={t('attachments.voice.instead')}
          error={props.voiceError}
          optional
          form={props.within}
        />
      )}
      <Buttons>
        <Button kind={props.kind ?? 'filled'} {...elsewhere}>
          {t('follow.write.button')}
        </Button>
      </Buttons>
    </>
  );
  return (
    <>
      {props.ended && <p>{t('follow.write.ended')}</p>}
      <p>{reader ? t(`follow.write.reader.${reader.role}`, { name: reader.name }) : t('follow.write.reader.team')}</p>
      {props.within ? (
        <div class="form">{fields}</div>
      ) : (
        <form id={WRITE_FORM} method="post" action={props.action} enctype={enctype} class="form">
          <input type="hidden" name="form" value={props.form} />
          {fields}
        </form>
      )}
    </>
  );
}
