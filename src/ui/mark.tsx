/** The mark: a low footbridge, five posts, two lit lamps, one wave. Always beside the name, so it needs no text. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 60 32" aria-hidden="true" focusable="false">
      <path class="mark-line" d="M4 11c14-10.5 38-10.5 52 0M4 23c14-10.5 38-10.5 52 0" />
      <path class="mark-post" d="M4 11v12M17 5.3v10.8M30 3.3v10.8M43 5.3v10.8M56 11v12" />
      <path class="mark-wave" d="M17 28c3-2.4 5.5-2.4 8.5 0s5.5 2.4 8.5 0 5.5-2.4 8.5 0" />
      <circle class="mark-lamp" cx="4" cy="8.5" r="3" />
      <circle class="mark-lamp" cx="56" cy="8.5" r="3" />
    </svg>
  );
}
