import * as v from 'valibot';
import { RECORDING_VERSION } from '../model/recording.ts';
import { addressSchema, interventionSchema, interventionsSchema, scenarioSchema } from './scenario-schema.ts';
import { list, name, object, whole } from './validate.ts';

/** Far more than a person makes. */
const BRANCHES_MAX = 1_000;

const edit = v.variant('kind', [
  object({ kind: v.literal('add'), id: name, at: addressSchema, do: interventionSchema }),
  object({ kind: v.literal('remove'), id: name }),
  object({ kind: v.literal('replace'), id: name, do: interventionSchema }),
]);

export const recordingSchema = object({
  netsplit: v.literal(RECORDING_VERSION),
  scenario: scenarioSchema,
  seed: whole,
  interventions: interventionsSchema,
  branches: list(object({ parent: whole, edit }), BRANCHES_MAX),
  branch: whole,
  playhead: v.pipe(v.number(), v.safeInteger('value.playhead'), v.minValue(-1, 'value.playhead')),
  behaviours: v.record(v.pipe(v.string(), v.notValues(['__proto__', 'constructor', 'prototype'], 'value.json')), whole),
  events: whole,
  digest: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'value.digest')),
});
