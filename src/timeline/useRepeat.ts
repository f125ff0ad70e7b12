import { useEffect, useRef, type MouseEvent } from 'react';

/** How long a button is held before it repeats, and how often it does then (ms). */
const HOLD = 450;
const INTERVAL = 130;

type Handlers = {
  readonly onClick: (event: MouseEvent) => void;
  readonly onPointerDown: () => void;
  readonly onPointerUp: () => void;
  readonly onPointerLeave: () => void;
  readonly onPointerCancel: () => void;
};

/** A button that acts when it is pressed, and again and again while it is held. */
export function useRepeat(act: () => void): Handlers {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const repeated = useRef(false);
  const stop = (): void => clearTimeout(timer.current);
  useEffect(() => () => clearTimeout(timer.current), []);
  const again = (): void => {
    repeated.current = true;
    act();
    timer.current = setTimeout(again, INTERVAL);
  };
  return {
    onClick: () => {
      // The click that ends a hold is not one more.
      if (!repeated.current) act();
      repeated.current = false;
    },
    onPointerDown: () => {
      repeated.current = false;
      timer.current = setTimeout(again, HOLD);
    },
    onPointerUp: stop,
    onPointerLeave: stop,
    onPointerCancel: stop,
  };
}
