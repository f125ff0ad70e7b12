import { existsSync } from 'node:fs';
import type { Recording } from '../contract.ts';
import { openRecording } from '../formats/file.ts';
import { registry } from '../protocols/registry.ts';
import { digestOf, kernelOf } from './execution.ts';
import { readFile } from './input.ts';
import { CommandError, jsonText, table } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** Protocols that behave otherwise than when the recording was made. */
function changedProtocols(recording: Recording): string[] {
  return Object.entries(recording.behaviours)
    .filter(([name, behaviour]) => registry.find((entry) => entry.protocol.name === name)?.protocol.behaviour !== behaviour)
    .map(([name]) => name);
}

/** Runs a recording again. @returns 1 when its digest is another one now */
export async function replay(name: string, options: { readonly json?: true }, terminal: Terminal): Promise<number> {
  if (!existsSync(name) && name.includes('#')) throw new CommandError('share links are not built yet; a recording’s file is expected');
  const recording = readFile(name, (file, bytes) => openRecording(file, bytes, registry));
  const scenario = { ...recording.scenario, seed: recording.seed };
  const kernel = kernelOf(scenario, recording.interventions);
  const digest = digestOf(kernel, { until: Infinity, events: recording.events, atQuiescence: false });
  const same = digest === recording.digest;
  const result = { scenario: scenario.id, seed: recording.seed, events: kernel.world.event, same, digest, recorded: recording.digest, changed: changedProtocols(recording) };
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
