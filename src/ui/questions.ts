import { createContext, useContext } from 'hono/jsx';

/** The questions of a form by the names of their fields, as the fields themselves ask them. */
export type Questions = Map<string, string>;

/** Around the fields of a form whose summary names what lacks its answer. */
export const QuestionsAsked = createContext<Questions | undefined>(undefined);

/** A field says what it asks. */
export function noteQuestion(name: string, label: string): void {
  useContext(QuestionsAsked)?.set(name, label);
}
