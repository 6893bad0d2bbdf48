import type { PublicTranslate } from '../i18n/catalogue.ts';
import { MessageList } from '../ui/message-list.tsx';

/** What a code holder and the team wrote to each other: the same for both sides. */
export function OwnMessages(props: {
  t: PublicTranslate;
  messages: readonly { isMine: boolean; at: Date; text: string }[];
}) {
  const { t, messages } = props;
  return (
    <>
      <h2>{t('follow.messages')}</h2>
      <MessageList
        t={t}
        messages={messages.map((message) => ({
          ...message,
          text: message.text || t('attachments.voice.said'),
          from: t(message.isMine ? 'ui.messages.you' : 'follow.team'),
          at: t.dateTime(message.at),
          datetime: message.at.toISOString(),
        }))}
      />
    </>
  );
}
