// A recording that the page exports, and a link that it shares, run the same at the terminal.
import { expect, test } from 'vitest';
import { builtinScenarios, registry } from '../protocols/registry.ts';
import { createSimulator } from '../simulator.ts';
import { say, temporaryFile } from './testing/terminal.ts';

test('a branch in which a link is cut by hand', { timeout: 60_000 }, async () => {
  const simulator = createSimulator(registry, builtinScenarios);
  const opened = await simulator.open({ scenario: 'routing-ring', seed: 3 });
  if (!opened.ok) throw new Error(opened.problem.key);
  const { run, scenario } = opened.value;
  const [link] = scenario.topology.links;
  const branched = await simulator.branch(run, 0, { kind: 'add', at: { time: 12_000_000_000, done: 0, order: 0 }, do: { kind: 'cut', link: link?.id ?? '' } });
  if (!branched.ok) throw new Error(branched.problem.key);
  const recording = await simulator.export(run, branched.value.branch, 100);
  const shared = await simulator.share(run, branched.value.branch, 100);
  await simulator.close(run);
  expect(recording.branches.map(({ edit }) => edit.kind)).toEqual(['add']);
  for (const source of [temporaryFile('recording.json', JSON.stringify(recording)), shared ?? '', `https://example.org/netsplit/${shared}`]) {
    const { status, out } = await say(['replay', source, '--json']);
    expect([status, JSON.parse(out)]).toEqual([0, { scenario: 'routing-ring', seed: 3, events: recording.events, same: true, digest: recording.digest, recorded: recording.digest, changed: [] }]);
  }
});
