/** The sign of Wissel: a track that splits. */
export function Logo() {
  return (
    <svg className="wissel-logo" viewBox="0 0 32 24" aria-hidden="true" focusable="false">
      <path
        d="M2 19h28M2 19c10 0 12-14 28-14"
        fill="none"
        stroke="currentColor"
        strokeWidth="3.4"
        strokeLinecap="round"
      />
    </svg>
  );
}
