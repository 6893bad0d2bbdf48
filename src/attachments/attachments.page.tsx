import type { PublicTranslate } from '../i18n/catalogue.ts';
import { assetUrl } from '../ui/asset-table.ts';
import { BackLink } from '../ui/back.tsx';
import { Button, Buttons } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { ClosePage } from '../ui/close-page.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { FileField } from '../ui/file-field.tsx';
import { Flash } from '../ui/flash.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import type { TownView } from '../ui/town-view.ts';
import type { AttachmentDoor } from './attachment-door.ts';
import { MAX_FILE_BYTES, MAX_FILES, MAX_VOICE_SECONDS } from './file-limits.ts';
import type { OwnAttachment, OwnAttachments } from './own-attachments.query.ts';
import { VoiceField } from './voice-field.tsx';

export type AttachmentsPageProps = {
  t: PublicTranslate;
  town: TownView;
  door: Pick<AttachmentDoor, 'path' | 'back'>;
  own: OwnAttachments;
  /** The id of the form, by which a second click is recognised. */
  form: string;
  errors?: { files?: string; voice?: string };
  notice?: string | undefined;
  done?: 'sent' | 'removed' | undefined;
};

/** Photos, documents and a voice message of one side of a case: what was sent, and two forms. Nothing here is ever required (R97). */
export function AttachmentsPage({ t, town, door, own, form, errors = {}, notice, done }: AttachmentsPageProps) {
  const faults = Object.entries(errors).map(([name, message]) => ({ name, message }));
  const title = t('attachments.title');
  return (
    <PublicLayout t={t} town={town} title={titleWithErrors(t, title, faults)} help={true}>
      <BackLink href={door.back.href} label={t(door.back.label)} />
      {notice && <Flash kind="changed" main={notice} />}
      {done && (
        <Flash kind="done" main={t(`attachments.${done}`)}>
          {t(`attachments.${done}.detail`)}
        </Flash>
      )}
      <ErrorSummary t={t} errors={faults} />
      <p class="above-title">{t('follow.number', { number: own.number })}</p>
      <h1>{title}</h1>
      <p>
        {t('attachments.free')} {t('attachments.readers')} {t('attachments.kept')}
      </p>
      <OwnFiles t={t} path={door.path} files={own.files} form={form} />
      {own.open && (
        <>
          <form method="post" action={door.path} enctype="multipart/form-data" class="form">
            <input type="hidden" name="form" value={form} />
            <p>
              <strong>{t('attachments.faces')}</strong>
            </p>
            <FileField
              t={t}
              name="files"
              label={t('attachments.files')}
              hint={t('attachments.files.hint', { files: MAX_FILES })}
              error={errors.files}
              accept="image/jpeg,image/png,application/pdf"
              multiple
              largest={MAX_FILE_BYTES}
            />
            <Buttons>
              <Button>{t('attachments.files.button')}</Button>
            </Buttons>
          </form>
          <h2>{t('attachments.voice.title')}</h2>
          <form method="post" action={`${door.path}/vocal`} enctype="multipart/form-data" class="form">
            <input type="hidden" name="form" value={form} />
            <VoiceField t={t} label={t('attachments.voice')} error={errors.voice} />
            <Recorder t={t} />
            <Buttons>
              <Button>{t('attachments.voice.button')}</Button>
            </Buttons>
          </form>
          <script type="module" src={assetUrl('smaller-photos.js')}></script>
          <script type="module" src={assetUrl('recorder.js')}></script>
        </>
      )}
      <ClosePage t={t} />
    </PublicLayout>
  );
}

/** Shown by its script where the browser can record. */
function Recorder({ t }: { t: PublicTranslate }) {
  return (
    <div data-recorder="" data-seconds={MAX_VOICE_SECONDS} hidden>
      <Buttons>
        <Button type="button" kind="outline">
          {t('attachments.voice.record')}
        </Button>
        <Button type="button" kind="stop">
          {t('attachments.voice.stop')}
        </Button>
      </Buttons>
      <p
        role="status"
        data-recording={t('attachments.voice.recording')}
        data-ready={t('attachments.voice.ready')}
        data-refused={t('attachments.voice.refused')}
      ></p>
      <audio controls hidden></audio>
    </div>
  );
}

function OwnFiles(props: { t: PublicTranslate; path: string; files: readonly OwnAttachment[]; form: string }) {
  const { t, files } = props;
  if (files.length === 0) return null;
  return (
    <Card title={t('attachments.own')}>
      <ul class="lines">
        {files.map((file) => (
          <li>
            <OwnFile {...props} file={file} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function OwnFile({ t, path, file, form }: { t: PublicTranslate; path: string; file: OwnAttachment; form: string }) {
  const kind = t(`attachments.kind.${file.kind}`);
  const item = t('attachments.item', { kind: file.name ?? kind, date: t.dateTime(file.sentAt) });
  if (file.state === 'infected')
    return (
      <p>
        {item}. {t('attachments.lost')}
      </p>
    );
  if (!file.mayGo)
    return (
      <p>
        {item}. {t('attachments.seen')}
      </p>
    );
  return (
    <form method="post" action={`${path}/enlever`}>
      <p>{item}</p>
      <input type="hidden" name="form" value={form} />
      <Button kind="outline" small name="piece" value={file.id}>
        {t('attachments.remove.which', { name: file.name ?? kind })}
      </Button>
    </form>
  );
}
