import { Choice } from '../ui/choice.tsx';
import { Fold } from '../ui/fold.tsx';
import { TextArea } from '../ui/text-area.tsx';
import {
  DONE_BEFORE,
  FREQUENCIES,
  HOPES,
  HOPES_LIMIT,
  LINK_HOPES,
  MOMENTS,
  PROCEDURES,
  RELATIONS,
  SCORES,
  SINCE,
  STORY_LIMIT,
} from './request-choices.ts';
import type { RequestFieldsProps } from './request-fields.tsx';
import { shownAnswers } from './shown-answers.ts';

const WHEN = ['since', 'frequency', 'moments'] as const;
const TRIED = ['done_before', 'procedure'] as const;

/** What is told, where somebody is in conflict; who looks for a tie is asked for wishes only. Nothing here is needed. */
export function StoryFields(props: RequestFieldsProps) {
  const { t, answers, errors } = props;
  const { text, codes, field, chosen } = shownAnswers(props);
  const story = (
    <>
      <TextArea {...text('story')} optional label={t('request.story')} hint={t('request.story.hint')} rows={9} limit={STORY_LIMIT} />
      <p class="hint">{t('request.story.voice')}</p>
    </>
  ); // prettier-ignore
  const inWords = (
    <TextArea {...text('hopes_text')} optional label={t('request.hopes_text')} rows={3} limit={HOPES_LIMIT} />
  );
  if (answers['need'] === 'link')
    return (
      <>
        {story}
        <Choice {...codes('hopes', 'link_hope', LINK_HOPES)} kind="checkbox" optional label={t('request.link_hopes')} />
        {inWords}
      </>
    );
  const isOpen = (names: readonly string[]) => names.some((name) => errors[name] ?? answers[name]?.length);
  return (
    <>
      {story}
      <Fold title={t('request.when.title')} note={t('ui.optional')} open={isOpen(WHEN)}>
        <Choice {...codes('since', 'since', SINCE)} kind="radio" row optional label={t('request.since')} />
        <Choice {...codes('frequency', 'frequency', FREQUENCIES)} kind="radio" row optional label={t('request.frequency')} />
        <Choice {...codes('moments', 'moment', MOMENTS)} kind="checkbox" row optional label={t('request.moments')} />
      </Fold>
      <Fold title={t('request.tried.title')} note={t('ui.optional')} open={isOpen(TRIED)}>
        <Choice {...codes('done_before', 'done', DONE_BEFORE)} kind="checkbox" row optional label={t('request.done_before')} />
        <Choice {...codes('procedure', 'procedure', PROCEDURES)} kind="radio" row optional label={t('request.procedure')} hint={t('request.procedure.hint')} />
      </Fold>
      <Choice {...codes('relation', 'relation', RELATIONS)} kind="radio" optional label={t('request.relation')} />
      <Choice {...field('relation_score')} chosen={chosen('relation_score')} options={SCORES.map((value) => ({ value, label: value }))} kind="radio" row optional label={t('request.relation_score')} hint={t('request.relation_score.hint')} />
      <Choice {...codes('hopes', 'hope', HOPES)} kind="checkbox" optional label={t('request.hopes')} />
      {inWords}
    </>
  ); // prettier-ignore
}
