import { createContext, useContext } from 'hono/jsx';

/** How a question is answered: one of its choices, several of them, a tick, a line, several lines. */
export type AnswerKind = 'one' | 'some' | 'tick' | 'line' | 'lines';

/** Choices that stand together, under a heading of their own where there are several such groups. */
export interface ChoicesAsked {
  readonly heading?: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

/** A question as its field asks it. */
export interface Asked {
  readonly label: string;
  /** Where it is plain words. */
  readonly hint?: string | undefined;
  readonly optional: boolean;
  readonly kind: AnswerKind;
  readonly choices: readonly ChoicesAsked[];
}

/** The questions of a form by the names of their fields, in their order. */
export type Questions = Map<string, Asked>;

/** Around the fields of a form that is also needed as its questions: for the summary of a page, for a form on paper. */
export const QuestionsAsked = createContext<Questions | undefined>(undefined);

/** A field says what it asks. */
export function noteQuestion(
  { name, label, hint, optional }: { name: string; label: unknown; hint?: unknown; optional?: boolean | undefined },
  kind: AnswerKind,
  choices: readonly ChoicesAsked[] = [],
): void {
  if (typeof label !== 'string') return;
  const said = typeof hint === 'string' ? { hint } : {};
  useContext(QuestionsAsked)?.set(name, { label, ...said, optional: optional ?? false, kind, choices });
}
