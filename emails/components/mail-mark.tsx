/** @jsxImportSource react */
import { mailStyle } from './mail-style.ts';

/** The footbridge, drawn in the mail itself: nothing to load, and readers that drop drawings lose nothing but it. */
export function MailMark() {
  return (
    <svg width="50" height="27" viewBox="0 0 60 32" aria-hidden="true" focusable="false" style={mailStyle.mark}>
      <g fill="none" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round">
        <path d="M4 11c14-10.5 38-10.5 52 0M4 23c14-10.5 38-10.5 52 0" />
        <path d="M4 11v12M17 5.3v10.8M30 3.3v10.8M43 5.3v10.8M56 11v12" />
        <path d="M17 28c3-2.4 5.5-2.4 8.5 0s5.5 2.4 8.5 0 5.5-2.4 8.5 0" />
      </g>
      <g fill="#F6C544" stroke="currentColor" strokeWidth="1.5">
        <circle cx="4" cy="8.5" r="3" />
        <circle cx="56" cy="8.5" r="3" />
      </g>
    </svg>
  );
}
