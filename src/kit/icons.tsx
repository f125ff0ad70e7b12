import type { ReactNode } from 'react';

/** Drawn on a grid of 16, in strokes of 1.5. */
const drawings = {
  down: <path d="m4.5 6.5 3.5 3.5 3.5-3.5" />,
  up: <path d="m4.5 9.5 3.5-3.5 3.5 3.5" />,
  right: <path d="M6.5 4.5 10 8l-3.5 3.5" />,
  left: <path d="M9.5 4.5 6 8l3.5 3.5" />,
  undo: <path d="M5.5 3 2.5 6l3 3M2.8 6H9.5a3.5 3.5 0 0 1 0 7H7" />,
  redo: <path d="m10.5 3 3 3-3 3M13.2 6H6.5a3.5 3.5 0 0 0 0 7H9" />,
  search: <><circle cx="7" cy="7" r="4.2" /><path d="m10.2 10.2 3.3 3.3" /></>,
  moon: <path d="M13 9.6A5.6 5.6 0 1 1 6.4 3 4.6 4.6 0 0 0 13 9.6z" />,
  sun: <><circle cx="8" cy="8" r="2.8" /><path d="M8 1.8v1.4M8 12.8v1.4M1.8 8h1.4M12.8 8h1.4M3.6 3.6l1 1M11.4 11.4l1 1M3.6 12.4l1-1M11.4 4.6l1-1" /></>,
  more: <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" strokeWidth="2.4" />,
  scissors: <><circle cx="4.2" cy="4.4" r="1.8" /><circle cx="4.2" cy="11.6" r="1.8" /><path d="M5.7 5.5 13.5 11M5.7 10.5 13.5 5" /></>,
  heal: <path d="M2 8h3.5M10.5 8H14M6 5.5 7.5 8 6 10.5M10 5.5 8.5 8l1.5 2.5" />,
  check: <path d="m3.5 8.5 3 3 6-7" />,
  warning: <path d="M8 2.8 14 13H2zM8 6.6v3M8 11.2v.3" />,
  select: <path d="M4.6 2.6v10l2.6-2.5 1.7 3.5 1.8-.9L9 9.3l3.5-.2z" />,
  minus: <path d="M3 8h10" />,
  plus: <path d="M8 3v10M3 8h10" />,
  fit: <path d="M2.8 6V2.8H6M10 2.8h3.2V6M13.2 10v3.2H10M6 13.2H2.8V10" />,
  divide: <><path d="M9 1.8 7 6l2 4-2 4.2" /><path d="M3.2 8h.01M12.8 8h.01" strokeWidth="3" /></>,
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  about: <><circle cx="8" cy="8" r="5.6" /><path d="M8 7.4v3.5M8 5.1v.1" /></>,
  clock: <><circle cx="8" cy="8" r="5.6" /><path d="M8 4.8V8l2.2 1.6" /></>,
  duplicate: <><rect x="5.5" y="5.5" width="7.5" height="7.5" rx="1.5" /><path d="M10.5 5.3V4.5A1.5 1.5 0 0 0 9 3H4.5A1.5 1.5 0 0 0 3 4.5V9a1.5 1.5 0 0 0 1.5 1.5h.8" /></>,
  previousMark: <path d="M12.5 3.8v8.4L7.6 8zM7.6 3.8v8.4L2.8 8z" fill="currentColor" strokeWidth="1" />,
  nextMark: <path d="M3.5 3.8v8.4L8.4 8zM8.4 3.8v8.4L13.2 8z" fill="currentColor" strokeWidth="1" />,
  stepBack: <><path d="M12 3.5v9L6 8z" fill="currentColor" /><path d="M3.5 3.5v9" strokeWidth="1.8" /></>,
  stepForward: <><path d="M4 3.5v9l6-4.5z" fill="currentColor" /><path d="M12.5 3.5v9" strokeWidth="1.8" /></>,
  play: <path d="M5 3.2v9.6l8-4.8z" fill="currentColor" />,
  pause: <path d="M4.5 3.2h2.2v9.6H4.5zM9.3 3.2h2.2v9.6H9.3z" fill="currentColor" strokeWidth=".8" />,
  fork: <><circle cx="4" cy="3.6" r="1.5" /><circle cx="4" cy="12.4" r="1.5" /><circle cx="12" cy="6" r="1.5" /><path d="M4 5.2v5.6M12 7.6c0 2.4-4.5 1.6-7.2 3.4" /></>,
  crash: <path d="M9 1.8 3.6 9h3.8L6.8 14.2 12.4 7H8.6z" />,
  restart: <path d="M13 8a5 5 0 1 1-1.6-3.7M13.2 2.4v2.8h-2.8" />,
  eye: <><path d="M1.8 8S4 3.8 8 3.8 14.2 8 14.2 8 12 12.2 8 12.2 1.8 8 1.8 8z" /><circle cx="8" cy="8" r="1.9" /></>,
  table: <><rect x="2.5" y="3" width="11" height="10" rx="1.5" /><path d="M2.5 6.5h11M2.5 9.8h11M6.5 6.5V13" /></>,
  open: <path d="M8 10.2V2.8M5 5.6l3-3 3 3M3 13.2h10" />,
  save: <path d="M8 2.8v7.4M5 7.4l3 3 3-3M3 13.2h10" />,
  loss: <path d="M8 2.5c2.4 3 3.8 4.9 3.8 6.8a3.8 3.8 0 0 1-7.6 0C4.2 7.4 5.6 5.5 8 2.5z" />,
  flag: <path d="M4 14V2.5h7.5L9.8 5.6l1.7 3.1H4" />,
  link: <path d="M6.8 9.2 9.2 6.8M5.3 7.3 3.7 8.9a2.4 2.4 0 0 0 3.4 3.4l1.6-1.6M7.3 5.3l1.6-1.6a2.4 2.4 0 0 1 3.4 3.4l-1.6 1.6" />,
} as const;

export type IconName = keyof typeof drawings;

/** A drawing beside or instead of words; never alone the name of something. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }): ReactNode {
  return (
    <svg
      className="i"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {drawings[name]}
    </svg>
  );
}

/** The sheet with its crack: the mark of the page. */
export function BrandMark({ size = 20 }: { readonly size?: number }): ReactNode {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d="M11.7 2.05A10 10 0 0 0 8.1 21.2L10.5 14.1 8.3 11.3z" fill="currentColor" />
      <path d="M14.5 2.32A10 10 0 0 1 11 21.96L13.6 13.6 11.4 10.8z" fill="currentColor" />
    </svg>
  );
}
