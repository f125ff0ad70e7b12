// One tape in every engine: what the built worker computes in the browser is, byte for byte, what Node computes.
import { readdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { BranchEdit, Simulator } from '../workers/contract.ts';
import { builtinScenarios, registry } from '../workers/protocols/registry.ts';
import { createSimulator } from '../workers/simulator.ts';

/** The only scripts of the built page that are no part of its thread. */
const workers = readdirSync('dist/assets').filter((name) => /^simulator\.worker.*\.js$/.test(name));

/** The first link cut a third of the way into the run. */
function cut(scenario: (typeof builtinScenarios)[number]): BranchEdit {
  return { kind: 'add', at: { time: Math.floor(scenario.horizon / 3), done: 0, order: 0 }, do: { kind: 'cut', link: scenario.topology.links[0]!.id } };
}

/** Digests of a scenario as it is, and of a branch of it: [events, digest] of each. */
type Digests = readonly (readonly [events: number, digest: string])[];

async function digestsInNode(scenario: string, edit: BranchEdit): Promise<Digests> {
  const simulator: Simulator = createSimulator(registry, builtinScenarios);
  const opened = await simulator.open({ scenario });
  if (!opened.ok) throw new Error(opened.problem.key);
  const { run } = opened.value;
  const branched = await simulator.branch(run, 0, edit);
  if (!branched.ok) throw new Error(branched.problem.key);
  const digests: [number, string][] = [];
  for (const branch of [0, branched.value.branch]) {
    const digest = await simulator.digest(run, branch);
    digests.push([(await simulator.index(run, branch)).events, digest]);
  }
  return digests;
}

/** The same, asked of the built worker in the words of Comlink, from a document that does nothing besides. */
async function digestsInBrowser(page: Page, scenario: string, edit: BranchEdit): Promise<Digests> {
  return page.evaluate(
    async ([address, named, change]): Promise<Digests> => {
      const worker = new Worker(address, { type: 'module' });
      const call = (method: string, ...values: unknown[]): Promise<unknown> =>
        new Promise((resolve, reject) => {
          const id = crypto.randomUUID();
          worker.addEventListener('error', (event) => reject(new Error(event.message)));
          worker.addEventListener('message', ({ data }: MessageEvent<{ id: string; type: string; value: unknown }>) => {
            if (data.id !== id) return;
            if (data.type === 'RAW') resolve(data.value);
            else reject(new Error(JSON.stringify(data)));
          });
          worker.postMessage({ id, type: 'APPLY', path: [method], argumentList: values.map((value) => ({ type: 'RAW', value })) });
        });
      type Answered<Value> = { readonly ok: boolean; readonly value: Value };
      const opened = (await call('open', { scenario: named })) as Answered<{ run: string }>;
      const { run } = opened.value;
      const branched = (await call('branch', run, 0, JSON.parse(change))) as Answered<{ branch: number }>;
      const digests: [number, string][] = [];
      for (const branch of [0, branched.value.branch]) {
        const digest = (await call('digest', run, branch)) as string;
        digests.push([((await call('index', run, branch)) as { events: number }).events, digest]);
      }
      worker.terminate();
      return digests;
    },
    [`assets/${workers[0]!}`, scenario, JSON.stringify(edit)] as const,
  );
}

test('the built page has one worker', () => {
  expect(workers).toHaveLength(1);
});

for (const scenario of builtinScenarios) {
  test(`${scenario.id}: both branches have the same digests in Node and in Chromium's worker`, async ({ page }) => {
    test.slow();
    await page.goto('icon.svg');
    const inNode = await digestsInNode(scenario.id, cut(scenario));
    const inBrowser = await digestsInBrowser(page, scenario.id, cut(scenario));
    expect(inBrowser).toEqual(inNode);
    const [[events, digest], [eventsAfterCut, digestAfterCut]] = inNode as [Digests[number], Digests[number]];
    expect(events).toBeGreaterThan(0);
    expect(eventsAfterCut).toBeGreaterThan(0);
    expect(digestAfterCut).not.toBe(digest);
  });
}
