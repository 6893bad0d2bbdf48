import type { Translate } from '../i18n/catalogue.ts';
import { Card } from '../ui/card.tsx';
import { MessageList } from '../ui/message-list.tsx';
import { FileName, stateOfFile } from './attachments-card.tsx';
import type { CaseMessage } from './case-messages.query.ts';
import type { CaseView } from './case-view.query.ts';
import { partyName } from './party-choice.tsx';

/** Every message, each by its own sender: what one side writes is for the team, and is not shown to the other (spec §3.3). */
export function MessagesCard({ t, view, mayWrite }: { t: Translate; view: CaseView; mayWrite: boolean }) {
  return (
    <Card title={t('staff.case.messages')}>
      <MessageList
        t={t}
        messages={view.messages.map((message) => ({
          from: fromWhom(t, view, message),
          isMine: message.fromTeam,
          at: t.dateTime(message.at),
          datetime: message.at.toISOString(),
          text: message.text,
          voice: voiceOf(t, view, message),
        }))}
      />
      {mayWrite && (
        <p>
          <a href={`/equipe/demandes/${view.id}/ecrire`}>{t('staff.action.ecrire')}</a>
        </p>
      )}
    </Card>
  );
}

function fromWhom(t: Translate, view: CaseView, message: CaseMessage): string {
  const who = whoOf(t, view, message);
  if (message.fromTeam) return t('staff.messages.toParty', { who });
  return message.answers ? t('staff.messages.answers', { who }) : who;
}

/** The recording where it was said, with what it takes to hear it; the words alone where nothing says which one it was. */
function voiceOf(t: Translate, view: CaseView, { text, voiceId }: CaseMessage) {
  const file = view.attachments.find(({ id }) => id === voiceId);
  if (!file) return text ? undefined : t('attachments.voice.said');
  return (
    <>
      <FileName t={t} file={{ ...file, name: undefined }} caseId={view.id} />
      {file.state !== 'checked' && ` · ${stateOfFile(t, file)}`}
    </>
  );
}

/** Whose message it is, or for whom. */
export function whoOf(t: Translate, view: CaseView, { party }: CaseMessage): string {
  const found = view.parties.find(({ id, side }) => (party === 'requester' ? side === 'requester' : id === party.id));
  return found ? partyName(t, found, view.identity.firstName) : t('staff.for.party');
}
