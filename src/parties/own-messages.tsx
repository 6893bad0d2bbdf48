import type { PublicTranslate } from '../i18n/catalogue.ts';
import { MessageList } from '../ui/message-list.tsx';

/** `isSpoken`: it came with a recording, or was one. */
export type OwnMessage = { isMine: boolean; at: Date; text: string; isSpoken: boolean };

/** What a code holder and the team wrote to each other: the same for both sides. */
export function OwnMessages(props: { t: PublicTranslate; messages: readonly OwnMessage[] }) {
  const { t, messages } = props;
  return (
    <>
      <h2>{t('follow.messages')}</h2>
      <MessageList
        t={t}
        messages={messages.map((message) => ({
          ...message,
          voice: message.isSpoken || !message.text ? t('attachments.voice.said') : undefined,
          from: t(message.isMine ? 'ui.messages.you' : 'follow.team'),
          at: t.dateTime(message.at),
          datetime: message.at.toISOString(),
        }))}
      />
    </>
  );
}
