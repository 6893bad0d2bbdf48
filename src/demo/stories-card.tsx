import type { Translate } from '../i18n/catalogue.ts';
import { Button, Buttons } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { Fold } from '../ui/fold.tsx';
import { Flash } from '../ui/flash.tsx';
import type { StoryRun } from './demo.query.ts';

/** The thirty stories: a button, how far they are, how each ended. */
export function StoriesCard({ t, stories }: { t: Translate; stories: StoryRun | undefined }) {
  const running = stories?.state === 'running';
  return (
    <Card title={t('demo.stories')}>
      <p>{t('demo.stories.text')}</p>
      {stories && <Flash kind={stories.state === 'told' ? 'done' : 'changed'} main={stateOf(t, stories)} />}
      {!running && (
        <form method="post" action="/demo/histoires">
          <Buttons>
            <Button kind="outline">{t(stories ? 'demo.stories.again' : 'demo.stories.tell')}</Button>
          </Buttons>
        </form>
      )}
      {stories && stories.endings.length > 0 && (
        <Fold title={t('demo.stories.asExpected', { count: asExpected(stories), of: stories.of })}>
          <DataTable
            id="stories"
            caption={t('demo.stories.list')}
            captionIsSpokenOnly
            columns={[
              { label: t('demo.stories.n') },
              { label: t('demo.stories.number') },
              { label: t('demo.stories.expected') },
              { label: t('demo.stories.found') },
            ]}
            rows={stories.endings.map((ending) => [
              String(ending.story),
              ending.number,
              ending.expected,
              ending.asExpected ? t('demo.stories.same') : `${t('demo.stories.other')} : ${ending.found}`,
            ])}
          />
        </Fold>
      )}
    </Card>
  );
}

function asExpected({ endings }: StoryRun): number {
  return endings.filter((ending) => ending.asExpected).length;
}

function stateOf(t: Translate, { state, told, of, telling }: StoryRun): string {
  if (state === 'told') return t('demo.stories.told');
  if (state === 'stopped') return t('demo.stories.stopped');
  return telling ? t('demo.stories.running', { told, of, day: t.longDate(telling) }) : t('demo.stories.begins');
}
