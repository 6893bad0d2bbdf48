import { Hono } from 'hono';
import { z } from 'zod';
import { readAttachment, voiceToHear } from '../attachments/read-attachment.command.ts';
import type { AttachmentMedia } from '../db/tables/attachment.ts';
import { AddressId, addressParts } from '../http/address-parts.ts';
import { setOwnPolicy } from '../http/own-policy.ts';
import { asStaff } from './as-staff.ts';
import { HearPage } from './hear.page.tsx';
import type { StaffDeps } from './staff-deps.ts';
import { staffFrame } from './staff-frame.tsx';

const Piece = z.object({ id: AddressId, piece: AddressId });
const ENDING: Record<AttachmentMedia, string> = {
  'image/jpeg': 'jpg',
  'application/pdf': 'pdf',
  'audio/webm': 'webm',
  'audio/ogg': 'ogg',
  'audio/mp4': 'm4a',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
};

/** What people sent to a case, for those who work on it: a download that does nothing by itself (B-78, T-33), and a page that plays a recording. */
export function attachmentRoutes(deps: StaffDeps): Hono {
  const app = new Hono();

  app.get('/equipe/demandes/:id/pieces/:piece', addressParts(Piece), (c) =>
    asStaff(deps, c, async (person) => {
      const { id, piece } = c.req.valid('param');
      const file = await readAttachment(deps, person, { caseId: id, attachmentId: piece });
      setOwnPolicy(c, { content: { only: "default-src 'none'; sandbox" } });
      // A name of ours: nothing of what somebody typed reaches a header.
      const name = `piece-${piece.slice(0, 8)}.${ENDING[file.media]}`;
      return c.body(new Uint8Array(file.bytes), 200, {
        'Content-Type': file.media,
        'Content-Length': String(file.bytes.length),
        'Content-Disposition': `attachment; filename="${name}"`,
      });
    }),
  );

  app.get('/equipe/demandes/:id/pieces/:piece/ecouter', addressParts(Piece), (c) =>
    asStaff(deps, c, async (person) => {
      const town = deps.town(c);
      const { id, piece } = c.req.valid('param');
      const voice = await voiceToHear(deps, person, { caseId: id, attachmentId: piece });
      setOwnPolicy(c, { content: { add: "media-src 'self'" } });
      return c.html(
        <HearPage frame={staffFrame(town.t, town.view, person, 'case')} caseId={id} piece={piece} voice={voice} />,
      );
    }),
  );
  return app;
}
