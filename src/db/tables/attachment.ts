import type { Generated } from 'kysely';

export type AttachmentKind = 'image' | 'pdf' | 'voice';
export type AttachmentMedia =
  'image/jpeg' | 'application/pdf' | 'audio/webm' | 'audio/ogg' | 'audio/mp4' | 'audio/mpeg' | 'audio/wav';
/** `quarantined`: not looked at yet, never served · `checked` · `infected`, `removed` by its sender, `erased`: the bytes are gone. */
export type AttachmentState = 'quarantined' | 'checked' | 'infected' | 'removed' | 'erased';

export type AttachmentTable = {
  id: Generated<string>;
  case_id: string;
  town_id: string;
  party_id: string;
  kind: AttachmentKind;
  media: AttachmentMedia;
  name: Buffer | null;
  bytes: number;
  state: Generated<AttachmentState>;
  /** `none`: no scanner was there to ask. */
  antivirus: Generated<'clean' | 'none' | null>;
  sent_at: Date;
  read_at: Generated<Date | null>;
  next_check_at: Generated<Date | null>;
  checks: Generated<number>;
};
export type AttachmentContentTable = { attachment_id: string; case_id: string; town_id: string; body: Buffer };
