import type { Child } from 'hono/jsx';
import type { PublicKey, MessageValues, PublicTranslate } from '../i18n/catalogue.ts';

const marker = '\u0000';

/**
 * A message whose arguments include elements: `<RichText t={t} id="ui.danger.sms" parts={{ sms: <a href="sms:114">114</a> }} />`.
 * Translators keep whole sentences; the elements land where the sentence wants them.
 */
export function RichText(props: {
  t: PublicTranslate;
  id: PublicKey;
  parts: Readonly<Record<string, Child>>;
  values?: MessageValues;
}) {
  const marked = Object.fromEntries(Object.keys(props.parts).map((name) => [name, `${marker}${name}${marker}`]));
  const pieces = props.t(props.id, { ...props.values, ...marked }).split(marker);
  return <>{pieces.map((piece, index) => (index % 2 === 1 ? props.parts[piece] : piece))}</>;
}
