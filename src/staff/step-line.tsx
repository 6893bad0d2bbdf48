const WIDTH = 300;
const ROW = 18;
const LEVELS = 4;

/** A stepped line through four levels, highest on top. A drawing only: the list under it says the same in words. */
export function StepLine({ levels }: { levels: readonly number[] }) {
  const step = (WIDTH - 24) / levels.length;
  const y = (level: number) => (LEVELS - level) * ROW + ROW / 2;
  const path = levels
    .map(
      (level, index) =>
        `${index === 0 ? 'M' : 'V'}${index === 0 ? `24 ${y(level)}` : y(level)}H${24 + (index + 1) * step}`,
    )
    .join('');
  return (
    <svg class="step-line" viewBox={`0 0 ${WIDTH} ${LEVELS * ROW}`} aria-hidden="true" focusable="false">
      {[1, 2, 3, 4].map((level) => (
        <>
          <text x="0" y={y(level) + 4}>
            {level}
          </text>
          <line x1="16" x2={WIDTH} y1={y(level)} y2={y(level)} />
        </>
      ))}
      <path d={path} />
    </svg>
  );
}
