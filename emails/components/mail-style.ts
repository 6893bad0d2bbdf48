import type { CSSProperties } from 'react';

/** Tokens of the looks (light), written inline because mail readers drop sheets; the dark ones replace them by class where kept. */
export const mailStyle = {
  page: {
    margin: 0,
    backgroundColor: '#FFFFFF',
    color: '#12211F',
    fontFamily: "'Atkinson Hyperlegible Next', Verdana, Arial, sans-serif",
    fontSize: '16px',
    lineHeight: '1.5',
  },
  column: { maxWidth: '36rem', padding: '16px' },
  head: {
    borderBottom: '3px solid #0B4A4A',
    fontWeight: 700,
    margin: '0 0 20px',
    padding: '0 0 12px',
    fontSize: '16px',
  },
  mark: { verticalAlign: 'middle', marginRight: '10px' },
  text: { fontSize: '16px', lineHeight: '1.5', margin: '0 0 16px' },
  list: { fontSize: '16px', lineHeight: '1.5', margin: '0 0 16px', padding: '0 0 0 20px' },
  line: { margin: '0 0 8px' },
  button: {
    backgroundColor: '#0B4A4A',
    borderRadius: '8px',
    color: '#FFFFFF',
    display: 'inline-block',
    fontSize: '16px',
    fontWeight: 700,
    margin: '4px 0 16px',
    padding: '14px 24px',
    textDecoration: 'none',
  },
  whole: { whiteSpace: 'nowrap' },
  small: { fontSize: '14px', lineHeight: '1.5', margin: '0 0 16px', wordBreak: 'break-word' },
  link: { color: '#0B4A4A', textDecoration: 'underline' },
  foot: { color: '#44544F', fontSize: '14px', lineHeight: '1.5', margin: '32px 0 0' },
} as const satisfies Record<string, CSSProperties>;

/** Classes the dark sheet below speaks to. */
export const darkSheet = `@media (prefers-color-scheme: dark) {
.page, .page td { background-color: #152123 !important; color: #EAF1EE !important; }
.head { border-color: #8ED6C8 !important; }
.button { background-color: #8ED6C8 !important; color: #06211F !important; }
.link { color: #8ED6C8 !important; }
.foot { color: #B3C3BE !important; }
}`;
