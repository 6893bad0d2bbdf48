import { createContext, useContext } from 'hono/jsx';

/** Choices that stand together, under a heading of their own where there are several such groups. */
export interface ChoicesAsked {
  readonly heading?: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

/** How a question is answered: one of its choices, several of them, a tick, or words on so many lines. */
export interface Answering {
  readonly kind: 'one' | 'some' | 'tick' | 'words';
  readonly choices?: readonly ChoicesAsked[];
  readonly lines?: number;
  /** Where the field says more beside its hint than the question needs. */
  readonly hint?: string | undefined;
}

/** A question as its field asks it. */
export interface Asked extends Answering {
  readonly label: string;
  readonly optional: boolean;
}

/** The questions of a form by the names of their fields, in their order. */
export type Questions = Map<string, Asked>;

/** Around the fields of a form that is also needed as its questions: for the summary of a page, for a form on paper. */
export const QuestionsAsked = createContext<Questions | undefined>(undefined);

/** A field says what it asks. */
export function noteQuestion(
  { name, label, hint, optional }: { name: string; label: unknown; hint?: unknown; optional?: boolean | undefined },
  answering: Answering,
): void {
  if (typeof label !== 'string') return;
  const said = typeof hint === 'string' ? { hint } : {};
  useContext(QuestionsAsked)?.set(name, { label, ...said, optional: optional ?? false, ...answering });
}
