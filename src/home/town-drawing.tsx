import { bridge, bushes, ground, poplarCrowns, poplarTrunks, roofs, walls, windows } from './town-shapes.ts';

/**
 * This town, by day and by night: one low footbridge over the river, two people on it, Les Peupliers on one bank, the old town
 * on the other. Decoration only; its colours are tokens, so the night version is the same drawing.
 */
export function TownDrawing() {
  return (
    <svg class="town" viewBox="0 0 2000 206" preserveAspectRatio="xMidYMax slice" aria-hidden="true" focusable="false">
      <path fill="var(--draw-hill)" d="M0 128q150-34 330-22t320 2 260-2q230-48 420-42t330 30 340-30v120H0z" />
      <circle fill="var(--draw-sun)" cx="1144" cy="44" r="22" />
      <path fill="var(--draw-water)" d="M0 162h2000v44H0z" />
      <Banks />
      <Trees />
      <Buildings />
      <Bridge />
      <path
        stroke="var(--draw-shine)"
        stroke-width="2.5"
        stroke-linecap="round"
        d="M888 181h56M970 192h75M1070 179h47M806 196h54M1165 194h60M926 201h34M1096 200h34M640 199h46M1340 199h52"
      />
    </svg>
  );
}

function Banks() {
  return (
    <path
      fill="var(--draw-land)"
      d={`M0 ${ground}h836c16 4 14 20-12 26-60 12-190 6-400 8Q180 178 0 188zM2000 ${ground}h-836c-16 4-14 20 12 26 60 12 190 6 400 8q244 2 424 12z`}
    />
  );
}

function Trees() {
  return (
    <>
      <path fill="var(--draw-tree)" d={poplarCrowns} />
      <g fill="var(--draw-bush)">
        {bushes.map(([x, radius]) => (
          <circle cx={x} cy={ground - 9 - radius} r={radius} />
        ))}
      </g>
      <path
        stroke="var(--draw-trunk)"
        stroke-width="3"
        d={`${poplarTrunks}${bushes.map(([x, radius]) => `M${x} ${ground}v-${radius + 6}`).join('')}`}
      />
    </>
  );
}

function Buildings() {
  return (
    <>
      <path fill="var(--draw-tower)" d={walls('tower')} />
      <path fill="var(--draw-wall)" d={`${walls('wall')}M1415 24h20v30h-20z`} />
      <path fill="var(--draw-house)" d={walls('house')} />
      <path fill="var(--draw-roof)" d={`${roofs('pitched')}M1412 25l13-18 13 18z`} />
      <path fill="var(--draw-flat)" d={roofs('flat')} />
      <path stroke="var(--draw-pane)" stroke-width="7" d={`${windows(false)}M1425 ${ground}v-15`} />
      <path stroke="var(--draw-lit)" stroke-width="7" d={windows(true)} />
      <circle fill="var(--draw-lit)" cx="1425" cy="50" r="6" />
    </>
  );
}

function Bridge() {
  return (
    <>
      <Walker x={977} colour="var(--draw-one)" />
      <Walker x={1023} colour="var(--draw-two)" />
      <g fill="none" stroke="var(--draw-steel)" stroke-linecap="round">
        <path stroke-width="2" d={`${bridge.posts}${bridge.hangers}`} />
        <path stroke-width="3" d={bridge.railing} />
        <path stroke-width="4" d={bridge.arch} />
        <path stroke-width="6.5" d={bridge.deck} />
      </g>
    </>
  );
}

function Walker({ x, colour }: { x: number; colour: string }) {
  return <path fill={colour} d={`M${x - 7} 47a7 7 0 1 1 14 0 7 7 0 1 1-14 0zM${x - 8} 86V64q0-7 8-7t8 7v22z`} />;
}
