import type { PublicKey, PublicTranslate } from '../i18n/catalogue.ts';
import type { PictogramName } from '../ui/pictogram-names.ts';
import { Pictogram } from '../ui/pictogram.tsx';

interface Door {
  /** What `/demande?besoin=` receives; also the name of the drawing and of the colour. */
  readonly need: 'person' | 'group' | 'service' | 'link' | 'place';
  readonly pictogram: PictogramName;
  readonly label: PublicKey;
  readonly line?: PublicKey;
}

const doors: readonly Door[] = [
  { need: 'person', pictogram: 'person', label: 'home.door.person' },
  { need: 'group', pictogram: 'group', label: 'home.door.group' },
  { need: 'service', pictogram: 'service', label: 'home.door.service', line: 'home.door.serviceWhich' },
  { need: 'link', pictogram: 'link', label: 'home.door.link' },
  { need: 'place', pictogram: 'place', label: 'home.door.place' },
];

/** The street of doors: each keeps its colour wherever it is named. Rows on a phone, an arcade on wide screens. */
export function Doors({ t }: { t: PublicTranslate }) {
  return (
    <ul class="doors">
      {doors.map((door) => (
        <li>
          <a class={`door door-${door.need}`} href={`/demande?besoin=${door.need}`}>
            <span class="door-light">
              <Pictogram name={door.pictogram} size="large" />
            </span>
            <span class="door-words">
              <span class="door-label">{t(door.label)}</span>
              {door.line && <span class="door-line"> {t(door.line)}</span>}
            </span>
            <span class="door-arrow">
              <Pictogram name="arrow" />
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
