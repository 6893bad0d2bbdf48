import type { PublicTranslate } from '../i18n/catalogue.ts';
import { FileField } from '../ui/file-field.tsx';

/** Which side of the device records: hono’s types know the attribute without its words. */
const MICROPHONE: Record<string, string> = { capture: 'user' };

/** A recorded message instead of words: on a phone, its own recorder opens. */
export function VoiceField(props: {
  t: PublicTranslate;
  label: string;
  error?: string | undefined;
  optional?: boolean;
  form?: string | undefined;
}) {
  const { t } = props;
  return (
    <FileField
      t={t}
      name="voice"
      label={props.label}
      hint={t('attachments.voice.hint')}
      error={props.error}
      optional={props.optional}
      form={props.form}
      accept="audio/*"
      {...MICROPHONE}
    />
  );
}
