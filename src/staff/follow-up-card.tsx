import { CHECK_KINDS } from '../followup/note-check.command.ts';
import type { CheckView } from '../followup/follow-up.query.ts';
import type { Translate } from '../i18n/catalogue.ts';
import { Card } from '../ui/card.tsx';
import { DefinitionList } from '../ui/definition-list.tsx';
import type { CaseView } from './case-view.query.ts';
import { partyName } from './party-choice.tsx';

/** What the mediation came to, then each check with what each side said, tries included (F6, R16, R22). */
export function FollowUpCard({ t, view }: { t: Translate; view: CaseView }) {
  const { results, checks } = view.news;
  if (results.length === 0 && checks.length === 0) return null;
  const cycles = [...new Set(checks.map(({ cycle }) => cycle))].toSorted((one, other) => other - one);
  return (
    <Card title={t('followup.title')}>
      {results.map(({ result, text, at }) => (
        <section class="party">
          <p>{t('followup.result', { result: t(`staff.outcome.${result}`), day: t.longDate(at) })}</p>
          {text && <p class="written">{text}</p>}
        </section>
      ))}
      {cycles.flatMap((cycle) =>
        CHECK_KINDS.flatMap((kind) => {
          const lines = checks.filter((check) => check.cycle === cycle && check.kind === kind);
          return lines.length === 0
            ? []
            : [<Check t={t} view={view} title={titleOf(t, view, cycle, kind)} lines={lines} />];
        }),
      )}
    </Card>
  );
}

function titleOf(t: Translate, view: CaseView, cycle: number, kind: CheckView['kind']): string {
  const after = t('followup.after', { time: t(`staff.check.${kind}`) });
  return cycle === view.cycle ? after : t('followup.earlier', { after });
}

function Check({
  t,
  view,
  title,
  lines,
}: {
  t: Translate;
  view: CaseView;
  title: string;
  lines: readonly CheckView[];
}) {
  return (
    <section class="party">
      <h3>{title}</h3>
      {lines.map((line) => (
        <>
          <h4>
            {[whoOf(t, view, line), t.longDate(line.day), t(`staff.way.${line.way}`)].filter(Boolean).join(' · ')}
          </h4>
          <DefinitionList items={saidIn(t, line, lines)} />
        </>
      ))}
    </section>
  );
}

function whoOf(t: Translate, view: CaseView, { partyId }: CheckView): string {
  const party = view.parties.find(({ id }) => id === partyId);
  return party ? partyName(t, party, view.identity.firstName) : t('followup.nobody');
}

function saidIn(t: Translate, line: CheckView, all: readonly CheckView[]): { term: string; says: string }[] {
  const tries = all.filter(({ reached, partyId }) => !reached && partyId === line.partyId);
  const missed = t('followup.notReached', { attempt: tries.indexOf(line) + 1 });
  const lines: [string, string | undefined | null | false][] = [
    [t('followup.reached'), !line.reached && (line.gaveUp ? t('followup.gaveUp', { missed }) : missed)],
    [t('staff.field.situation'), line.situation && t(`staff.situation.${line.situation}`)],
    [t('staff.field.kept'), line.kept && t(`staff.kept.${line.kept}`)],
    [t('staff.field.score'), line.score !== null && t('followup.score', { score: line.score })],
    [t('staff.field.tension'), line.tension !== null && t(`staff.tension.${line.tension}` as 'staff.tension.1')],
    [t('staff.field.newNeed'), line.newNeed],
    [t('staff.field.next'), t(`staff.next.${line.next}`)],
  ];
  return lines.flatMap(([term, says]) => (says ? [{ term, says }] : []));
}
