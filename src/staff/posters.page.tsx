import { languageFacts, locales } from '../i18n/languages.ts';
import { POSTER_SIZES } from '../pdf/paper-words.ts';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { WorkLayout } from '../ui/work-layout.tsx';
import type { StaffFrame } from './staff-frame.tsx';

type Place = { code: string; name: string; quarter: string | undefined };

/** The town's places, each with its poster in two sizes, and the form to lay beside it (R28, R35). */
export function PostersPage({ frame, places }: { frame: StaffFrame; places: readonly Place[] }) {
  const { t } = frame;
  return (
    <WorkLayout {...frame} title={t('staff.posters.title')}>
      <h1>{t('staff.posters.title')}</h1>
      <p>{t('staff.posters.lead')}</p>
      <h2>{t('staff.posters.forms')}</h2>
      <ul class="lines">
        {locales.map((locale) => (
          <li>
            <a href={`/formulaire-papier?langue=${locale}`} lang={languageFacts[locale].tag}>
              {languageFacts[locale].ownName}
            </a>
          </li>
        ))}
      </ul>
      <h2>{t('staff.posters.caption')}</h2>
      {places.length === 0 ? (
        <EmptyState main={t('staff.posters.empty')} />
      ) : (
        <DataTable
          id="posters"
          caption={t('staff.posters.caption')}
          captionIsSpokenOnly
          columns={[
            { label: t('staff.posters.place') },
            { label: t('staff.posters.quarter') },
            { label: t('staff.posters.code') },
            { label: t('staff.posters.print') },
          ]}
          rows={places.map(({ code, name, quarter }) => [
            name,
            quarter ?? t('staff.posters.anywhere'),
            code,
            <ul class="lines">
              {POSTER_SIZES.map((size) => (
                <li>
                  <a
                    href={`/equipe/affiches/${code}/${size}`}
                    aria-label={t('staff.posters.file', { name, size: size.toUpperCase() })}
                  >
                    {size.toUpperCase()}
                  </a>
                </li>
              ))}
            </ul>,
          ])}
        />
      )}
    </WorkLayout>
  );
}
