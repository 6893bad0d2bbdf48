import type { TownMap } from '../db/tables/town.ts';
import type { PublicTranslate } from '../i18n/catalogue.ts';
import { choiceId } from '../ui/choice-group.tsx';

type Named = { code: string; name: string };

/**
 * The town as a drawing: its river, its quarters, its numbered places. Each is a link to its box below, so it works by keyboard, by ear and
 * without script; the script ticks the box as well. `quarters` and `places` in the order of their boxes.
 */
export function TownMapDrawing(props: {
  t: PublicTranslate;
  map: TownMap;
  quarters: readonly Named[];
  places: readonly Named[];
}) {
  const { t, map } = props;
  const numbered = props.places.flatMap((place, index) => {
    const at = map.places[place.code];
    return at ? [{ ...place, at, box: choiceId('place', place.code, index) }] : [];
  });
  return (
    <>
      <p class="hint">{t('request.map.hint')}</p>
      <svg
        viewBox={`0 0 ${map.width} ${map.height}`}
        width="100%"
        role="group"
        aria-label={t('request.map')}
        lang="fr"
        direction="ltr"
      >
        <defs>
          <circle id="dot" r="14" fill="var(--sheet)" stroke="var(--ink)" stroke-width="2" />
        </defs>
        <path fill="var(--draw-water)" d={map.water} />
        <g text-anchor="middle" font-size="15" fill="var(--ink)">
          <g font-weight="700">
            {props.quarters.map((quarter, index) => {
              const drawn = map.quarters[quarter.code];
              return drawn && <QuarterLink {...quarter} {...drawn} box={choiceId('quarter', quarter.code, index)} />;
            })}
          </g>
          {numbered.map(({ name, at, box }, index) => (
            <a href={`#${box}`} data-chooses="" aria-label={name}>
              <use href="#dot" x={at[0]} y={at[1]} />
              <text x={at[0]} y={at[1] + 5}>
                {String(index + 1)}
              </text>
            </a>
          ))}
        </g>
      </svg>
      <ol class="links" lang="fr">
        {numbered.map(({ name, box }, index) => (
          <li>
            <a href={`#${box}`} data-chooses="">
              {`${index + 1}. `}
              <bdi>{name}</bdi>
            </a>
          </li>
        ))}
      </ol>
    </>
  );
}

function QuarterLink(props: { name: string; shape: string; at: [number, number]; box: string }) {
  const [x, y] = props.at;
  const lines = inTwo(props.name);
  return (
    <a href={`#${props.box}`} data-chooses="" aria-label={props.name}>
      <path fill="var(--draw-land)" stroke="var(--ground)" stroke-width="2" d={props.shape} />
      {lines.map((line, index) => (
        <text x={x} y={y + index * 17}>
          {line}
        </text>
      ))}
    </a>
  );
}

/** « La Cascade-Moulin » → « La Cascade- » and « Moulin »: a name is as wide as its quarter is drawn. */
function inTwo(name: string): string[] {
  const cut = Math.max(name.lastIndexOf('-'), name.lastIndexOf(' '));
  return cut < 0 ? [name] : [name.slice(0, cut + 1).trim(), name.slice(cut + 1)];
}
