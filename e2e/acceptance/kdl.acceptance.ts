// Kdl, 754 routers: dropped on the page, converged, cut by hand, 1,000 events back, cut elsewhere. Nothing is extrapolated.
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Browser, CDPSession, Page } from '@playwright/test';
import { clickAt, now, placeOnLink } from '../support/person.ts';
import { expect, test } from '../support/test.ts';
import { MemoryWatch } from './memory.ts';

/** Where the file is: the topology zoo lies beside the repository, if anywhere. */
const file = process.env['NETSPLIT_KDL'] ?? path.join(import.meta.dirname, '../../../shared/data/topologies/Kdl.graphml');

/** No task of the main thread takes longer (ms of its processor), and the page never needs more memory (bytes). */
const LONGEST_TASK = 50;
const MOST_MEMORY = 1_000_000_000;

if (!existsSync(file)) throw new Error('NETSPLIT_KDL names no file, and there is none beside the repository');

/** Drops the file on the window, as it comes from the desktop. */
async function dropFile(session: CDPSession): Promise<void> {
  const data = { items: [], files: [path.resolve(file)], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, x: 700, y: 400, data });
}

interface Task {
  /** Its own processor's time, and the time that went by (ms). */
  readonly cpu: number;
  readonly wall: number;
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** The tasks of the pages' main threads, the longest first. */
async function mainTasks(browser: Browser): Promise<readonly Task[]> {
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { readonly traceEvents: readonly TraceEvent[] };
  const key = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
  const mains = new Set(traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(key));
  return traceEvents
    .filter((event) => event.name === 'ThreadControllerImpl::RunTask' && mains.has(key(event)))
    // On a virtual machine a thread's clock sometimes leaps: no task had the processor for longer than it lasted.
    .map(({ dur = 0, tdur = 0 }) => ({ cpu: Math.min(tdur, dur) / 1000, wall: dur / 1000 }))
    .toSorted((a, b) => b.cpu - a.cpu);
}

// What the test does inside the page would be measured as the page's own work. So everything is found by what it is, not by its
// role (that computes 1,600 accessible names), and awaited without `expect` (whose every look that fails describes the whole page).

/** Waits until something is there. */
async function comes(page: Page, selector: string, timeout = 120_000): Promise<void> {
  await page.locator(selector).first().waitFor({ state: 'attached', timeout });
}

async function press(page: Page, name: string): Promise<void> {
  await page.locator(`button[aria-label="${name}"]`).click();
}

/** Waits until nothing is being loaded. */
function settle(page: Page): Promise<void> {
  return comes(page, 'main[data-idle="true"]');
}

/** Cuts a link of the drawing with the scissors in its middle. */
async function cut(page: Page, index: number): Promise<void> {
  const link = page.locator('[data-link]').nth(index);
  const id = (await link.getAttribute('data-link')) ?? '';
  await press(page, 'Cut');
  await clickAt(page, await placeOnLink(link, 0.5));
  await comes(page, `[data-link="${id}"][aria-label*=", cut"]`);
  await settle(page);
}

test('Kdl: drop, converge, cut, 1,000 events back, branch', async ({ page, browser }) => {
  const memory = new MemoryWatch();
  const lines: string[] = [];
  let began = performance.now();
  const lap = (name: string): void => {
    const seconds = (performance.now() - began) / 1000;
    lines.push(`${name.padEnd(28)} ${seconds.toFixed(1).padStart(7)} s ${(memory.look() / 1e6).toFixed(0).padStart(6)} MB`);
    began = performance.now();
  };

  // Not from the gallery: what its cards show is computed by the same worker.
  await page.goto('#/routing-abilene');
  await settle(page);
  const session = await page.context().newCDPSession(page);
  await browser.startTracing(page, { categories: ['toplevel'] });
  began = performance.now();

  await dropFile(session);
  const open = 'dialog button:enabled:text-is("Open")';
  await comes(page, open);
  lap('dropped and read');
  await page.locator(open).click();
  await comes(page, ':nth-match([data-node], 754)');
  lap('opened and drawn');
  // A tick on the rail says that the run has settled.
  await comes(page, '.m-note', 300_000);
  await press(page, 'Pause');
  lap('converged');
  await press(page, 'Next mark');
  await settle(page);
  lap('gone there');

  const links = await page.locator('[data-link]').count();
  await cut(page, Math.floor(links / 2));
  lap('cut by hand');
  const { event } = await now(page);
  await press(page, 'Select and move');
  for (let steps = 0; steps < 1000; steps++) await page.keyboard.press('ArrowLeft');
  await comes(page, `main[data-event="${event - 1000}"]`);
  await settle(page);
  lap('1,000 events back');
  await cut(page, Math.floor(links / 3));
  await comes(page, 'footer .lane');
  lap('another link, a branch');

  memory.stop();
  const tasks = await mainTasks(browser);
  const [longest] = tasks;
  lines.push(
    `peak memory ${(memory.peak / 1e6).toFixed(0)} MB`,
    `longest main-thread tasks, processor/wall ms: ${tasks.slice(0, 10).map(({ cpu, wall }) => `${cpu.toFixed(0)}/${wall.toFixed(0)}`).join(', ')}`,
  );
  process.stdout.write(`${lines.join('\n')}\n`);
  expect(longest?.cpu).toBeLessThanOrEqual(LONGEST_TASK);
  if (process.platform === 'linux') expect(memory.peak).toBeLessThanOrEqual(MOST_MEMORY);
});
