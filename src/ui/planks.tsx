/**
 * Steps as the planks of a low arch: done are dark, the one you stand on is lit, the others are empty.
 * Drawn only: the words beside it say the same. Counts steps from 1.
 */
export function Planks({ total, current }: { total: number; current: number }) {
  const pitch = 50;
  const width = total * pitch;
  return (
    <svg class="planks" viewBox={`0 0 ${width} 26`} width={width} height={26} aria-hidden="true" focusable="false">
      {Array.from({ length: total }, (_, index) => {
        const { x, y, tilt } = seat(index, total, pitch);
        const state = index + 1 < current ? 'done' : index + 1 === current ? 'here' : 'ahead';
        return (
          <rect
            class={`plank plank-${state}`}
            x={x}
            y={y}
            width={pitch - 5}
            height={8}
            rx={2}
            transform={`rotate(${tilt} ${x + (pitch - 5) / 2} ${y + 4})`}
          />
        );
      })}
    </svg>
  );
}

/** Where a plank lies: on a parabola 14 units high, tilted along it. */
function seat(index: number, total: number, pitch: number) {
  const fromMiddle = (index + 0.5) / total - 0.5;
  const round = (value: number) => Math.round(value * 10) / 10;
  return { x: index * pitch + 2.5, y: round(2.5 + 56 * fromMiddle ** 2), tilt: round(17 * fromMiddle) };
}
