import { html } from 'hono/html';
import { type Asked, type ChoicesAsked, type Questions, QuestionsAsked } from '../ui/questions.ts';
import { NEEDS } from './request-choices.ts';
import { RequestFields, type RequestFieldsProps } from './request-fields.tsx';
import type { Screen } from './screens.ts';

export type AskedField = Asked & { name: string };

/**
 * What one screen of the form asks, whatever is wanted, as its own fields say it: whatever is asked on line is asked on paper too. A field
 * that asks otherwise for another need is there once for each way of asking. Fields that ask nothing in words, a file for one, are not there.
 */
export function questionsOf(
  screen: Screen,
  of: Omit<RequestFieldsProps, 'screen' | 'answers' | 'errors'>,
): AskedField[] {
  const asked = new Map<string, AskedField>();
  for (const need of NEEDS) {
    const questions: Questions = new Map();
    // Rendered for what the fields say of themselves.
    void html`${(
      <QuestionsAsked.Provider value={questions}>
        <RequestFields {...of} screen={screen} answers={{ need }} errors={{}} />
      </QuestionsAsked.Provider>
    )}`;
    for (const [name, question] of questions) {
      const id = `${name}|${question.label}`;
      asked.set(id, { ...question, name, choices: joined(asked.get(id)?.choices, question.choices) });
    }
  }
  return [...asked.values()];
}

/** The choices of both, each once; a group of one stays one. */
function joined(before: readonly ChoicesAsked[] = [], now: readonly ChoicesAsked[] = []): readonly ChoicesAsked[] {
  const known = new Set(before.flatMap(({ options }) => options.map(({ value }) => value)));
  const more = now.map((group) => ({ ...group, options: group.options.filter(({ value }) => !known.has(value)) }));
  return [...before, ...more.filter(({ options }) => options.length > 0)];
}
