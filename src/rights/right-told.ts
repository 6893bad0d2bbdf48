import type { CaseText } from '../cases/case-text.ts';
import { type Erasable, isOpenRight, type RefusalGround, type Right, type RightsState } from './rights-status.ts';

/** A request about somebody's own data: what was asked, before when it is answered, what was answered. The same for its person and the team. */
export type RightTold = {
  id: string;
  right: Right;
  state: RightsState;
  isOpen: boolean;
  receivedOn: string;
  dueDay: string;
  about: string | undefined;
  extensionReason: string | undefined;
  answer: string | undefined;
  refusalGround: RefusalGround | null;
  erased: Erasable[];
};

/** The columns of `rights_request as r` it is made of: not the copy of somebody's whole data, which is opened by itself. */
export const TOLD = [
  'r.id',
  'r.right_asked as right',
  'r.state',
  'r.received_on as receivedOn',
  'r.due_day as dueDay',
  'r.about',
  'r.extension_reason as extensionReason',
  'r.answer',
  'r.refusal_ground as refusalGround',
  'r.erased',
] as const;

type Sealed = 'about' | 'extensionReason' | 'answer';
type Row = Omit<RightTold, Sealed | 'isOpen'> & Record<Sealed, Buffer | null>;

export function rightTold(text: CaseText, { about, extensionReason, answer, ...row }: Row): RightTold {
  const words = (column: string, sealed: Buffer | null) => text.openOptional('rights_request', column, sealed);
  return {
    ...row,
    isOpen: isOpenRight(row.state),
    about: words('about', about),
    extensionReason: words('extension_reason', extensionReason),
    answer: words('answer', answer),
  };
}
