import { html } from 'hono/html';
import { BackLink } from '../ui/back.tsx';
import { Button, Buttons } from '../ui/button.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { Flash } from '../ui/flash.tsx';
import { WorkLayout } from '../ui/work-layout.tsx';
import { type Questions, QuestionsAsked } from '../ui/questions.ts';
import { Timeline } from '../ui/timeline.tsx';
import { AlreadySent } from './already-sent.tsx';
import { type ActionPageProps, faultLink, faultText } from './act-fields.tsx';
import { ProposalCard } from './proposal-card.tsx';
import { Script, WhatFollows } from './act-words.tsx';
import { ActionFields } from './case-action-fields.tsx';
import type { ActionSlug } from './action-slugs.ts';
import { actionsFor } from './case-actions.ts';
import { storySince } from './case-story.ts';

/**
 * One act, one page: the question, its fields, one button. Opening it changes nothing. An act that is no longer possible is not
 * asked; one that was sent is answered with all that was written.
 */
export function ActionPage(props: ActionPageProps) {
  const { frame, slug, view, errors } = props;
  const { t } = frame;
  const title = t(`staff.action.${slug}`);
  const faults = Object.entries(errors).map(([name, key]) => ({ name, message: faultText(t, name, key) }));
  // Whoever asked for one more line has written something.
  const opened = faults.length === 0 && !props.refusal && props.answers['more'] === undefined;
  const asksWhich = slug === 'courriel' || slug === 'tache';
  const actions = actionsFor(view);
  const gone = !actions.includes(slug) && (opened || asksWhich);
  return (
    <WorkLayout {...frame} title={titleWithErrors(t, `${title} – ${view.number}`, gone ? [] : faults)}>
      <BackLink href={`/equipe/demandes/${view.id}`} label={t('staff.back')} />
      <p class="above-title">{view.number}</p>
      {props.done && <Flash kind="done" main={t('staff.done')} />}
      <h1>{title}</h1>
      {gone ? <Flash kind="changed" main={t('staff.gone')} /> : <ActForm {...props} title={title} actions={actions} />}
    </WorkLayout>
  );
}

type FormProps = ActionPageProps & {
  title: string;
  actions: readonly ActionSlug[];
};

function ActForm(props: FormProps) {
  const { frame, slug, view, title } = props;
  const { t } = frame;
  // Rendered before the summary above them, which says what they ask.
  const questions: Questions = new Map();
  const fields = html`${(
    <QuestionsAsked.Provider value={questions}>
      <ActionFields {...props} />
    </QuestionsAsked.Provider>
  )}`;
  const faults = Object.entries(props.errors).map(([name, key]) => ({
    name,
    message: faultLink(t, name, key, questions.get(name)?.label),
  }));
  return (
    <>
      {props.refusal && <Refusal {...props} refusal={props.refusal} />}
      <ErrorSummary t={t} errors={faults} />
      {slug === 'corriger' && <AlreadySent t={t} view={view} />}
      {(slug === 'valider' || slug === 'renvoyer') && <ProposalCard t={t} proposal={view.proposal} />}
      <WhatFollows t={t} slug={slug} />
      <Script t={t} slug={slug} />
      <form method="post" action={`/equipe/demandes/${view.id}/${slug}`} class="form" novalidate>
        <input type="hidden" name="by" value={props.by} />
        <input type="hidden" name="form" value={props.form} />
        <input type="hidden" name="seen" value={String(view.events[0]?.seq ?? 0)} />
        {fields}
        <Buttons>
          <Button kind={slug === 'arreter' ? 'stop' : 'filled'}>
            {slug === 'question' || slug === 'clore' ? title : t('staff.confirm')}
          </Button>
        </Buttons>
      </form>
    </>
  );
}

/** Why it was not done; when the case moved on meanwhile, what happened since the page was opened, and where it stands now. */
function Refusal({ frame, view, refusal, seen, first, actions }: FormProps & { refusal: string }) {
  const { t } = frame;
  const since = seen === undefined ? [] : storySince(t, view, seen);
  return (
    <>
      <Flash kind="changed" main={refusal}>
        {first && actions.includes(first) && (
          <a href={`/equipe/demandes/${view.id}/${first}`}>{t(`staff.action.${first}`)}</a>
        )}
      </Flash>
      {since.length > 0 && (
        <section aria-labelledby="since">
          <h2 id="since">{t('staff.since.title')}</h2>
          <Timeline t={t} entries={since} />
          <p>{t('staff.since.state', { state: t(`staff.state.${view.state}`) })}</p>
        </section>
      )}
    </>
  );
}
