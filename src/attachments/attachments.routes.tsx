import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import { DomainError } from '../errors.ts';
import { type FollowDeps, textOf } from '../follow/follow-deps.ts';
import { formId, readForm } from '../http/form-body.ts';
import { setOwnPolicy } from '../http/own-policy.ts';
import { problem } from '../http/problem.tsx';
import { sayWhen, waitNotice } from '../http/too-many.tsx';
import { addAttachments } from './add-attachments.command.ts';
import type { AttachmentDoor } from './attachment-door.ts';
import { AttachmentsPage, type AttachmentsPageProps } from './attachments.page.tsx';
import { ownAttachments } from './own-attachments.query.ts';
import { type FilesRead, readFiles } from './read-files.ts';
import { refusalWords } from './refusal-words.ts';
import { removeAttachment } from './remove-attachment.command.ts';

type Said = Pick<AttachmentsPageProps, 'errors' | 'notice'> & {
  form?: string;
  status?: 400 | 409 | 413 | 422 | 429 | 503;
};
const Piece = z.uuid();

/**
 * The page of one side of a case for its files, and its forms (R97).
 * @param at the address of the page. @param withDoor finds who asks; without anybody it answers itself.
 */
export function attachmentRoutesAt(
  deps: FollowDeps,
  at: string,
  withDoor: (c: Context, run: (door: AttachmentDoor) => Promise<Response>) => Promise<Response>,
): Hono {
  const app = new Hono();

  app.get(at, (c) => withDoor(c, (door) => show(c, door, {})));

  app.post(at, (c) => withDoor(c, (door) => send(c, door, 'document')));

  app.post(`${at}/vocal`, (c) => withDoor(c, (door) => send(c, door, 'voice')));

  app.post(`${at}/enlever`, (c) =>
    withDoor(c, async (door) => {
      const town = deps.town(c);
      const body = await readForm(c, { one: ['piece', 'form'], many: [] });
      if (!body.ok && body.status !== 422) return problem(c, town, body.status);
      const piece = Piece.safeParse(textOf(body, 'piece'));
      if (!body.ok || !piece.success) return problem(c, town, 404);
      try {
        const stays = await removeAttachment(deps, { ...door.holder, ...formId(body.fields) }, piece.data);
        if (stays) return await show(c, door, { status: 409, notice: town.t(`attachments.${stays}`) });
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        if (error.code !== 'already_done')
          return show(c, door, { status: 409, notice: town.t('attachments.ended.kept') });
      }
      return c.redirect(`${at}?enlevee`, 303);
    }),
  );

  async function send(c: Context, door: AttachmentDoor, asked: 'document' | 'voice'): Promise<Response> {
    const town = deps.town(c);
    const verdict = await deps.limits.take('files', deps.clientAddress(c));
    if (!verdict.within) {
      sayWhen(c, verdict);
      return show(c, door, { status: 429, notice: waitNotice(town, verdict) });
    }
    const read = await readFiles(c, asked);
    if (!read.ok) return refused(c, door, asked, read);
    const form = read.form ? { form: read.form } : {};
    const [first] = read.files;
    if (!first) return refused(c, door, asked, { ...read, ok: false, status: 422, why: `${asked}_missing` });
    try {
      if (asked === 'voice') await door.say(first, form);
      else await addAttachments(deps, { ...door.holder, ...form }, read.files);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (error.code === 'files_enough')
        return refused(c, door, asked, { ...read, ok: false, status: 422, why: 'files_enough' });
      // The request ended while the files were on their way.
      if (error.code !== 'already_done')
        return show(c, door, { status: 409, notice: town.t('attachments.ended', { phone: town.view.phone }) });
    }
    return c.redirect(`${at}?envoyee`, 303);
  }

  function refused(
    c: Context,
    door: AttachmentDoor,
    asked: 'document' | 'voice',
    read: Extract<FilesRead, { ok: false }>,
  ): Response | Promise<Response> {
    const town = deps.town(c);
    if ('problem' in read) return problem(c, town, read.problem);
    const field = asked === 'voice' ? 'voice' : 'files';
    const { status, why, name, form } = read;
    if (status === 503) c.header('Retry-After', '30');
    deps.log.info('file_refused', { field, why });
    return show(c, door, { status, errors: { [field]: refusalWords(town.t, why, name) }, ...(form ? { form } : {}) });
  }

  async function show(c: Context, door: AttachmentDoor, { status, form, ...said }: Said): Promise<Response> {
    const { t, view } = deps.town(c);
    const own = await ownAttachments(deps, door.holder);
    if (!own.open && status === undefined) return problem(c, deps.town(c), 404);
    // The one page that may record (R97): what was recorded is heard before it is sent.
    setOwnPolicy(c, { content: { add: 'media-src blob:' }, microphone: true });
    return c.html(
      <AttachmentsPage
        t={t}
        town={view}
        door={door}
        own={own}
        form={form ?? crypto.randomUUID()}
        done={doneOf(c)}
        {...said}
      />,
      status ?? 200,
    );
  }
  return app;
}

function doneOf(c: Context): AttachmentsPageProps['done'] {
  if (c.req.query('envoyee') !== undefined) return 'sent';
  return c.req.query('enlevee') === undefined ? undefined : 'removed';
}
