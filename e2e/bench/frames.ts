/** What the page's main thread does for a frame, while something is done to the page. */
import type { Page } from '@playwright/test';

/** Time of the main thread for a frame (ms), and frames a second. */
export type Sample = { readonly main: number; readonly rate: number };

/** Measures while `work` is done. */
export async function sampleWhile(page: Page, work: () => Promise<void>): Promise<Sample> {
  const session = await page.context().newCDPSession(page);
  // The thread's own time: what other programs take meanwhile does not count.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const read = async (): Promise<{ readonly busy: number; readonly frames: number; readonly now: number }> => {
    const { metrics } = await session.send('Performance.getMetrics');
    const counted = await page.evaluate(() => ({ frames: Number(document.documentElement.dataset['benchFrames'] ?? 0), now: performance.now() }));
    return { busy: 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN), ...counted };
  };
  await page.evaluate(() => {
    let frames = 0;
    if (document.documentElement.dataset['benchFrames'] !== undefined) return;
    const count = (): void => {
      document.documentElement.dataset['benchFrames'] = String(++frames);
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  });
  const before = await read();
  await work();
  const after = await read();
  await session.detach();
  const frames = after.frames - before.frames;
  return { main: (after.busy - before.busy) / frames, rate: (1000 * frames) / (after.now - before.now) };
}
