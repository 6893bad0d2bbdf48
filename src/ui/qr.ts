import { renderSVG } from 'uqr';

/** A text as a drawing for cameras, SVG: four white modules around it, as readers want; never inverted, whatever the colour scheme. */
export function qrSvg(text: string): string {
  return renderSVG(text, { border: 4, ecc: 'M' });
}

/** The same as the address of an image in a page. */
export function qrImage(text: string): string {
  return `data:image/svg+xml;base64,${Buffer.from(qrSvg(text)).toString('base64')}`;
}
