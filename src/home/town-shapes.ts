/** The shapes of the town drawing, as path data on a 2000 × 206 sheet whose middle is the bridge. */

export const ground = 142;

interface Building {
  readonly x: number;
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
  readonly wall: 'tower' | 'wall' | 'house';
  readonly roof: 'flat' | 'pitched';
}

/** Les Peupliers: blocks and poplars, a few houses towards the river. */
const estate: readonly Building[] = [
  { x: 60, width: 50, height: 52, columns: 2, rows: 2, wall: 'house', roof: 'pitched' },
  { x: 136, width: 62, height: 96, columns: 4, rows: 5, wall: 'tower', roof: 'flat' },
  { x: 206, width: 54, height: 72, columns: 3, rows: 3, wall: 'wall', roof: 'flat' },
  { x: 300, width: 56, height: 58, columns: 2, rows: 2, wall: 'house', roof: 'pitched' },
  { x: 480, width: 66, height: 112, columns: 4, rows: 6, wall: 'tower', roof: 'flat' },
  { x: 554, width: 53, height: 82, columns: 3, rows: 4, wall: 'wall', roof: 'flat' },
  { x: 646, width: 57, height: 61, columns: 2, rows: 2, wall: 'house', roof: 'pitched' },
  { x: 711, width: 49, height: 49, columns: 2, rows: 2, wall: 'wall', roof: 'pitched' },
];

/** The old town: close houses around the town hall. */
const oldTown: readonly Building[] = [
  { x: 1218, width: 48, height: 68, columns: 2, rows: 3, wall: 'wall', roof: 'pitched' },
  { x: 1271, width: 43, height: 54, columns: 2, rows: 2, wall: 'house', roof: 'pitched' },
  { x: 1317, width: 60, height: 85, columns: 2, rows: 3, wall: 'tower', roof: 'pitched' },
  { x: 1386, width: 78, height: 73, columns: 4, rows: 2, wall: 'wall', roof: 'pitched' },
  { x: 1475, width: 44, height: 52, columns: 2, rows: 2, wall: 'tower', roof: 'pitched' },
  { x: 1523, width: 55, height: 72, columns: 2, rows: 3, wall: 'house', roof: 'pitched' },
  { x: 1668, width: 52, height: 60, columns: 2, rows: 2, wall: 'wall', roof: 'pitched' },
  { x: 1726, width: 46, height: 74, columns: 2, rows: 3, wall: 'house', roof: 'pitched' },
  { x: 1778, width: 58, height: 56, columns: 2, rows: 2, wall: 'tower', roof: 'pitched' },
  { x: 1880, width: 52, height: 64, columns: 2, rows: 2, wall: 'wall', roof: 'pitched' },
];

const buildings = [...estate, ...oldTown];

const box = (x: number, y: number, width: number, height: number) => `M${x} ${y}h${width}v${height}h-${width}z`;

export function walls(kind: Building['wall']): string {
  return buildings
    .filter((building) => building.wall === kind)
    .map((building) => box(building.x, ground - building.height, building.width, building.height))
    .join('');
}

export function roofs(kind: Building['roof']): string {
  return buildings
    .filter((building) => building.roof === kind)
    .map(({ x, width, height }) => {
      const top = ground - height;
      const rise = Math.round(width * 0.42);
      return kind === 'flat'
        ? box(x - 2, top - 3, width + 4, 4)
        : `M${x - 4} ${top}l${width / 2 + 4}-${rise} ${width / 2 + 4} ${rise}z`;
    })
    .join('');
}

/** The windows as short upright strokes; about one in three is lit. */
export function windows(areLit: boolean): string {
  return buildings
    .flatMap(({ x, width, height, columns, rows }) =>
      Array.from({ length: columns * rows }, (_, cell) => {
        const column = cell % columns;
        const row = Math.floor(cell / columns);
        const isLit = (cell * 5 + row * 2 + x) % 3 === 0;
        const left = Math.round(x + (width * (column + 1)) / (columns + 1));
        const top = Math.round(ground - height + 11 + (row * (height - 16)) / rows);
        return isLit === areLit ? `M${left} ${top}v9` : '';
      }),
    )
    .join('');
}

const poplars = [24, 44, 278, 390, 421, 452, 626, 1612, 1634, 1966];

export const poplarCrowns = poplars
  .map((x) => `M${x} ${x % 4 < 2 ? 34 : 54}c17 30 15 68 0 88-15-20-17-58 0-88z`)
  .join('');
export const poplarTrunks = poplars.map((x) => `M${x} ${ground}v-34`).join('');

/** Round trees: [middle, radius]. */
export const bushes: readonly (readonly [number, number])[] = [
  [118, 12],
  [372, 13],
  [779, 15],
  [806, 11],
  [1197, 10],
  [1596, 17],
  [1650, 12],
  [1856, 16],
  [1948, 13],
];

const deckAt = (x: number) => {
  const t = (x - 838) / 324;
  return Math.round(140 - 224 * t * (1 - t));
};
const archAt = (x: number) => {
  const t = (x - 825) / 350;
  return Math.round(170 - 132 * t * (1 - t));
};
const between = (from: number, to: number, count: number) =>
  Array.from({ length: count }, (_, index) => Math.round(from + ((to - from) * index) / (count - 1)));

/** The footbridge: deck, railing and lower arch are three curves; the uprights between them follow. */
export const bridge = {
  deck: 'M838 140Q1000 28 1162 140',
  railing: 'M838 122Q1000 10 1162 122',
  arch: 'M825 170Q1000 104 1175 170',
  posts: between(838, 1162, 23)
    .map((x) => `M${x} ${deckAt(x)}v-18`)
    .join(''),
  hangers: between(878, 1122, 7)
    .map((x) => `M${x} ${deckAt(x)}V${archAt(x)}`)
    .join(''),
} as const;
