import { existsSync } from 'node:fs';
import type { Recording } from '../contract.ts';
import { openRecording } from '../formats/file.ts';
import { interventionsIn } from '../formats/recording.ts';
import { readLink } from '../formats/share.ts';
import { builtinScenarios, registry } from '../protocols/registry.ts';
import { changedProtocols } from '../run.ts';
import { digestOf, kernelOf } from './execution.ts';
import { readFile } from './input.ts';
import { jsonText, table } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** A file, or the text of a share link: a whole address, or what stands in it from `#` on. */
async function recordingFrom(name: string): Promise<Recording> {
  if (!existsSync(name) && name.includes('#/')) return readLink(name, builtinScenarios, registry);
  return readFile(name, (file, bytes) => openRecording(file, bytes, registry));
}

/** Runs a recording again. @returns 1 when its digest is another one now */
export async function replay(name: string, options: { readonly json?: true }, terminal: Terminal): Promise<number> {
  const recording = await recordingFrom(name);
  const scenario = { ...recording.scenario, seed: recording.seed };
  const kernel = kernelOf(scenario, interventionsIn(recording, recording.branch));
  const digest = digestOf(kernel, { until: Infinity, events: recording.events, atQuiescence: false });
  const same = digest === recording.digest;
  const result = { scenario: scenario.id, seed: recording.seed, events: kernel.world.event, same, digest, recorded: recording.digest, changed: changedProtocols(recording.behaviours, registry) };
  const rows = [
    ['events', String(result.events)],
    ['digest', same ? 'the same' : 'not the same'],
    ['now', digest],
    ['recorded', recording.digest],
    ...(result.changed.length > 0 ? [['changed since', result.changed.join(', ')]] : []),
  ];
  await terminal.write(options.json ? jsonText(result) : table(['scenario', scenario.id], rows));
  return same ? 0 : 1;
}
