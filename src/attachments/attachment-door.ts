import type { CodeHolder } from '../parties/code-holder.ts';
import type { KeptFile } from './accept-file.ts';

/** From where somebody sends files: the requester's pages, or the other party's. */
export type AttachmentDoor = {
  /** The address of the page; its forms post below it. */
  path: string;
  back: { href: string; label: 'attachments.back' | 'attachments.back.receipt' };
  holder: CodeHolder;
  /** Says something as one writes it. @throws DomainError */
  say(voice: KeptFile, form: { form?: string }): Promise<void>;
};
