/** The page's speed, beside two libraries that draw graphs. Writes a table to build/bench-page.md. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { median } from '../../workers/bench/measure.ts';
import { goal, table } from '../../workers/bench/table.ts';
import type { Cell } from '../../workers/bench/table.ts';
import { placeOfNode } from '../support/person.ts';
import type { Place } from '../support/person.ts';
import { sampleWhile } from './frames.ts';
import type { Sample } from './frames.ts';
import { MOVING, scenarioOf, sceneOf } from './scene.ts';

const SIZES = [11, 100, 754];
const ROUNDS = 3;
/** How long a node is dragged for one measurement (ms). */
const WINDOW = 2_500;
const RATIOS = { 'force-graph': 0.75, cytoscape: 0.16 } as const;

type Peer = keyof typeof RATIOS;
const peersAddress = `http://127.0.0.1:${process.env['NETSPLIT_BENCH_PEERS_PORT']}/`;

/** The scene in our page, playing, as a person gets it: by opening a file. @returns where a node is. */
async function openOurs(page: Page, size: number): Promise<Place> {
  await page.goto('');
  await expect(page.locator('main')).toHaveAttribute('data-idle', 'true');
  const buffer = Buffer.from(JSON.stringify(scenarioOf(sceneOf(size))));
  await page.locator('input[type=file]').first().setInputFiles({ name: 'bench.json', mimeType: 'application/json', buffer });
  const node = page.getByRole('group', { name: 'Network' }).getByRole('button', { name: /^n0, / });
  const open = page.getByRole('dialog').getByRole('button', { name: 'Open', exact: true });
  await expect(node.or(open).first()).toBeVisible({ timeout: 30_000 });
  if (await open.isVisible()) await open.click();
  await expect(node).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
  return placeOfNode(node);
}

async function openPeer(page: Page, peer: Peer, size: number): Promise<Place> {
  await page.goto(`${peersAddress}?peer=${peer}&nodes=${size}`);
  const stage = page.locator('#stage[data-drag]');
  await expect(stage).toBeVisible();
  return JSON.parse((await stage.getAttribute('data-drag')) ?? '') as Place;
}

/** Drags what is at a place round and round, and reads what the main thread did meanwhile. */
async function sample(page: Page, { x, y }: Place): Promise<Sample> {
  await page.mouse.move(x, y);
  await page.mouse.down();
  const circle = async (end: number): Promise<void> => {
    for (let step = 0; performance.now() < end; step++) {
      await page.mouse.move(x + 40 + 40 * Math.cos(Math.PI + step / 8), y + 40 * Math.sin(step / 8));
    }
  };
  // What is compiled and laid out at first is not what a frame costs.
  await circle(performance.now() + WINDOW / 2);
  const sampled = await sampleWhile(page, () => circle(performance.now() + WINDOW));
  await page.mouse.up();
  return sampled;
}

async function inFreshPage<Value>(browser: Browser, baseURL: string, use: (page: Page) => Promise<Value>): Promise<Value> {
  const context = await browser.newContext({ baseURL, viewport: { width: 1440, height: 900 } });
  try {
    return await use(await context.newPage());
  } finally {
    await context.close();
  }
}

type Round = Readonly<Record<Peer | 'ours', Sample>>;

async function measureRound(browser: Browser, baseURL: string, size: number): Promise<Round> {
  const peer = async (name: Peer): Promise<Sample> => inFreshPage(browser, baseURL, async (page) => sample(page, await openPeer(page, name, size)));
  return {
    ours: await inFreshPage(browser, baseURL, async (page) => sample(page, await openOurs(page, size))),
    'force-graph': await peer('force-graph'),
    cytoscape: await peer('cytoscape'),
  };
}

function rowsOf(size: number, rounds: readonly Round[]): Cell[][] {
  const drawn = (name: Peer | 'ours'): Cell[] => [size, name, median(rounds.map((round) => round[name].main)), median(rounds.map((round) => round[name].rate))];
  const against = (name: Peer): Cell[] => {
    const ratio = median(rounds.map((round) => round.ours.main / round[name].main));
    return [...drawn(name), ratio, goal(`≤ ${RATIOS[name]}`, ratio <= RATIOS[name])];
  };
  return [drawn('ours'), against('force-graph'), against('cytoscape')];
}

/** From the start of loading until the first event is shown and nothing is being loaded (ms), and script (kB, gzip). */
async function measureStart(browser: Browser, baseURL: string): Promise<{ readonly step: number; readonly script: number }> {
  return inFreshPage(browser, baseURL, async (page) => {
    const bodies: Promise<Buffer>[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script' && !response.url().includes('.worker')) bodies.push(response.body());
    });
    await page.addInitScript(() => {
      const look = (): void => {
        const main = document.querySelector<HTMLElement>('main');
        if (main?.dataset['idle'] === 'true' && Number(main.dataset['event'] ?? -1) >= 0) document.documentElement.dataset['benchStart'] = String(performance.now());
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    await page.goto('');
    await expect(page.locator('html')).toHaveAttribute('data-bench-start', /./);
    const step = Number(await page.locator('html').getAttribute('data-bench-start'));
    const sizes = (await Promise.all(bodies)).map((body) => gzipSync(body).length / 1000);
    return { step, script: sizes.reduce((sum, size) => sum + size, 0) };
  });
}

test('the page beside force-graph and cytoscape', async ({ browser, baseURL }) => {
  const base = baseURL ?? '';
  const rows: Cell[][] = [];
  for (const size of SIZES) {
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await measureRound(browser, base, size));
    rows.push(...rowsOf(size, rounds));
  }
  const starts: { readonly step: number; readonly script: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) starts.push(await measureStart(browser, base));
  const script = median(starts.map((start) => start.script));
  const frames = table(['nodes', 'by', 'main thread, ms a frame', 'frames a second', 'ours to this', 'goal'], rows);
  const start = table(
    ['first screen', 'value', 'unit', 'goal'],
    [
      ['script, gzip', script, 'kB', goal('≤ 130', script <= 130)],
      ['until the first step is shown', median(starts.map(({ step }) => step)), 'ms', undefined],
    ],
  );
  mkdirSync('build', { recursive: true });
  writeFileSync('build/bench-page.md', `## Page (${MOVING} packets moving, a node dragged)\n\n${frames}\n\n${start}\n`);
});
