/** Longest time that one slice of work may hold the page (ms). */
const SLICE = 8;

/**
 * Does long work in slices, so that the page stays responsive: `step` is called until it says that it is done. The first
 * slice runs at once, so that short work is over when this returns; unless it is known to be `long`.
 * @returns gives the work up.
 */
export function inSlices(step: () => boolean, done: () => void, long = false): () => void {
  let stopped = false;
  const channel = new MessageChannel();
  const slice = (): void => {
    if (stopped) return;
    const end = performance.now() + SLICE;
    let over = false;
    while (!over && performance.now() < end) over = step();
    if (over) {
      stop();
      done();
    } else channel.port2.postMessage(null);
  };
  const stop = (): void => {
    stopped = true;
    channel.port1.close();
  };
  channel.port1.addEventListener('message', slice);
  channel.port1.start();
  if (long) channel.port2.postMessage(null);
  else slice();
  return stop;
}
