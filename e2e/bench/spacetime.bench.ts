/** The space–time diagram with 50 lifelines and 100,000 arrows. Writes a table to build/bench-spacetime.md. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { goal, table, type Cell } from '../../workers/bench/table.ts';
import { SCENARIO_VERSION, type ProcessSpec, type Scenario } from '../../workers/model/scenario.ts';
import { MILLISECOND, SECOND } from '../../workers/model/time.ts';
import { defaultDirection } from '../../workers/model/topology.ts';
import { sampleWhile } from './frames.ts';

const LIFELINES = 50;
const ARROWS = 100_000;
const INTERVAL = 10 * MILLISECOND;
/** A frame of sixty a second has no more (ms). */
const FRAME = 1000 / 60;
const ROUNDS = 60;

/** A row of nodes; every second one sends to the next, all at the same pace. */
function rowOfStreams(): Scenario {
  const direction = { ...defaultDirection, latency: 4 * MILLISECOND, bandwidth: 0 };
  const nodes = Array.from({ length: LIFELINES }, (_, at) => ({ id: `n${at}`, label: `n${at}` }));
  const text = { title: 'Space–time bench', watch: `${ARROWS} packets.`, try: 'Zoom out.' };
  return {
    version: SCENARIO_VERSION,
    id: 'routing-spacetime-bench',
    family: 'routing',
    text: { en: text, zh: text },
    seed: 1,
    topology: { nodes, links: nodes.slice(1).map(({ id }, at) => ({ id: `n${at}-${id}`, ends: [`n${at}`, id], directions: [direction, direction], detection: null })) },
    processes: Array.from({ length: LIFELINES / 2 }, (_, stream): ProcessSpec => {
      const [from, to] = [`n${2 * stream}`, `n${2 * stream + 1}`];
      return { protocol: 'probe', nodes: [from, to], config: { from, to, interval: INTERVAL, start: Math.floor((INTERVAL * (stream % 17)) / 17), size: 100 } };
    }),
    parameters: [],
    workload: [],
    interventions: [],
    bugs: [],
    ttl: 64,
    horizon: Math.ceil((ARROWS / (LIFELINES / 2)) * INTERVAL) + SECOND,
    opening: { time: 20 * SECOND, speed: 1 },
  };
}

async function openRow(page: Page): Promise<Locator> {
  await page.goto('');
  await expect(page.locator('main')).toHaveAttribute('data-idle', 'true');
  await page.locator('input[type=file]').first().setInputFiles({ name: 'bench.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(rowOfStreams())) });
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press(' ');
  await page.keyboard.press('s');
  const diagram = page.getByRole('group', { name: /^Space–time diagram/ });
  await expect(diagram).toBeVisible();
  return diagram;
}

test('the space–time diagram', async ({ page }) => {
  const diagram = await openRow(page);
  const box = await diagram.boundingBox();
  if (!box) throw new Error('The diagram is not there');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const pan = async (): Promise<void> => {
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (let step = 1; step <= ROUNDS; step++) await page.mouse.move(x + 100 * Math.sin(step / 6), y);
    await page.mouse.up();
  };
  const point = async (): Promise<void> => {
    for (let step = 0; step < ROUNDS; step++) await page.mouse.move(x - 200 + 6 * step, y - 40 + (step % 20) * 4);
  };
  const play = async (): Promise<void> => {
    await page.keyboard.press(' ');
    await page.mouse.move(1, 1);
    const end = performance.now() + 2_500;
    while (performance.now() < end) await page.locator('main').getAttribute('data-event');
    await page.keyboard.press(' ');
  };
  const rows: Cell[][] = [];
  const measure = async (shown: string): Promise<void> => {
    for (const [doing, work] of [['moved', pan], ['pointed at', point], ['played', play]] as const) {
      await work();
      const { main, rate } = await sampleWhile(page, work);
      rows.push([shown, doing, main, rate, goal('≤ 16.7', main <= FRAME)]);
    }
  };
  await measure('some');
  for (let times = 0; times < 16; times++) await page.getByRole('button', { name: 'Zoom out' }).click();
  await expect(diagram.locator('.stwait:not([hidden])')).toHaveCount(0, { timeout: 120_000 });
  await measure('100,000');
  mkdirSync('build', { recursive: true });
  const header = ['arrows in view', 'being', 'main thread, ms a frame', 'frames a second', 'goal'];
  writeFileSync('build/bench-spacetime.md', `## Space–time (${LIFELINES} lifelines, ${ARROWS} arrows)\n\n${table(header, rows)}\n`);
});
