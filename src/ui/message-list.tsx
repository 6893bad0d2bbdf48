import type { Child } from 'hono/jsx';
import type { PublicTranslate } from '../i18n/catalogue.ts';
import { shownMasked } from '../privacy/masked-passage.ts';
import { RichText } from './rich-text.tsx';

export interface Message {
  /** Who wrote, and to whom where that is not plain: « Vous », « L’équipe, à Rosa ». */
  readonly from: string;
  readonly isMine: boolean;
  /** In words. */
  readonly at: string;
  readonly datetime: string;
  /** Nothing where it was only said. */
  readonly text: string;
  /** What was said, beside the text or instead. */
  readonly voice?: Child;
}

/** Oldest first. The reader's own messages stand at the end side. */
export function MessageList({ t, messages }: { t: PublicTranslate; messages: readonly Message[] }) {
  if (messages.length === 0) return <p class="hint">{t('ui.messages.empty')}</p>;
  return (
    <ol class="messages">
      {messages.map((message) => (
        <li class={message.isMine ? 'message message-mine' : 'message'}>
          <p class="message-head">
            <RichText
              t={t}
              id="ui.listed"
              parts={{ before: message.from, next: <time datetime={message.datetime}>{message.at}</time> }}
            />
          </p>
          {message.text && (
            <p class="written" dir="auto">
              {shownMasked(t, message.text)}
            </p>
          )}
          {message.voice && <p>{message.voice}</p>}
        </li>
      ))}
    </ol>
  );
}
