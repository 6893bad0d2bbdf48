import type { PublicTranslate } from '../i18n/catalogue.ts';
import { cleanName } from './clean-name.ts';
import { MAX_FILES } from './file-limits.ts';
import type { FileRefusal } from './kind-of-file.ts';

/** Why a sending is not taken, beside the reasons of one file. */
export type SendingRefusal =
  FileRefusal | 'files_enough' | 'too_many' | 'all_too_big' | 'cut' | 'unread' | 'document_missing' | 'voice_missing';

/** Why it is not taken, and what to do instead. @param name the file's own, where it is about one of several. */
export function refusalWords(t: PublicTranslate, why: SendingRefusal, name?: string): string {
  const words = t(`attachments.wrong.${why}`, { files: MAX_FILES });
  const clean = name === undefined ? undefined : cleanName(name);
  return clean ? t('attachments.wrong', { name: clean, why: words }) : words;
}
