import * as v from 'valibot';
import { LINKS_MAX, NODES_MAX } from './graph.ts';
import { amount, clockDrift, clockOffset, degrees, json, jsonObject, list, name, object, place, probability, time, whole } from './validate.ts';

/** Processes, workload and interventions that a document may hold: far beyond what a person writes. */
const ENTRIES_MAX = 100_000;
const PARAMETERS_MAX = 200;

const family = v.picklist(['routing', 'balance', 'raft', 'paxos', 'message']);
const sentence = v.pipe(v.string(), v.maxLength(2_000, 'value.id'));
const scenarioText = object({ title: sentence, watch: sentence, try: sentence });

const nodeSpec = object({
  id: name,
  label: v.pipe(v.string(), v.maxLength(500, 'value.id')),
  name: v.exactOptional(v.pipe(v.string(), v.maxLength(500, 'value.id'))),
  position: v.exactOptional(object({ longitude: degrees(180), latitude: degrees(90) })),
  clock: v.exactOptional(object({ offset: clockOffset, drift: clockDrift })),
});

const directionEntries = { cost: amount, latency: time, jitter: time, bandwidth: amount, queue: whole, loss: probability, duplication: probability };
const direction = object(directionEntries);
const directionChange = object({
  cost: v.exactOptional(amount),
  latency: v.exactOptional(time),
  jitter: v.exactOptional(time),
  bandwidth: v.exactOptional(amount),
  queue: v.exactOptional(whole),
  loss: v.exactOptional(probability),
  duplication: v.exactOptional(probability),
} satisfies { [parameter in keyof typeof directionEntries]: v.GenericSchema });

const linkSpec = object({
  id: name,
  ends: v.strictTuple([name, name]),
  directions: v.strictTuple([direction, direction]),
  detection: v.nullable(time),
});

const processSpec = object({
  protocol: name,
  nodes: v.union([v.literal('all'), list(name, NODES_MAX)]),
  config: jsonObject,
});

const parameter = object({
  name,
  type: v.picklist(['integer', 'number', 'boolean', 'text', 'duration', 'node', 'trace']),
  list: v.exactOptional(v.literal(true)),
  default: json,
  minimum: v.exactOptional(v.number()),
  maximum: v.exactOptional(v.number()),
  prime: v.exactOptional(v.literal(true)),
  choices: v.exactOptional(list(v.string(), 1_000)),
  sets: list(object({ protocol: name, config: name }), 100),
  places: v.exactOptional(object({ protocol: name })),
  implies: v.exactOptional(jsonObject),
  counts: v.exactOptional(object({ protocol: name, config: name })),
});

const cutEntries = { link: name, position: v.exactOptional(place), from: v.exactOptional(name) };

export const interventionSchema = v.variant('kind', [
  object({ kind: v.literal('cut'), ...cutEntries }),
  object({ kind: v.literal('restore'), link: name }),
  object({ kind: v.literal('partition'), cuts: list(object(cutEntries), LINKS_MAX) }),
  object({ kind: v.literal('heal'), links: list(name, LINKS_MAX) }),
  object({ kind: v.literal('set-link'), link: name, from: v.exactOptional(name), set: directionChange }),
  object({ kind: v.literal('crash'), node: name, disk: v.exactOptional(v.picklist(['kept', 'synced', 'lost'])) }),
  object({ kind: v.literal('restart'), node: name }),
  object({ kind: v.literal('set-clock'), node: name, offset: v.exactOptional(clockOffset), drift: v.exactOptional(clockDrift) }),
  object({ kind: v.literal('drop'), packet: name }),
  object({ kind: v.literal('delay'), packet: name, by: time }),
  object({ kind: v.literal('hold'), packet: name }),
  object({ kind: v.literal('release'), packet: name }),
  object({ kind: v.literal('duplicate'), packet: name }),
  object({ kind: v.literal('add-node'), node: nodeSpec }),
  object({ kind: v.literal('remove-node'), node: name }),
  object({ kind: v.literal('add-link'), link: linkSpec }),
  object({ kind: v.literal('remove-link'), link: name }),
  object({ kind: v.literal('request'), node: name, process: name, request: json }),
  object({ kind: v.literal('configure'), node: v.exactOptional(name), process: name, set: jsonObject }),
]);

export const addressSchema = object({ time, done: whole, order: whole });

export const interventionsSchema = list(object({ id: name, at: addressSchema, do: interventionSchema }), ENTRIES_MAX);

/** As a person writes them: what is left out follows from where the entry stands in the list. */
export const handWrittenInterventionsSchema = list(
  object({
    id: v.exactOptional(name),
    at: v.union([v.string(), object({ time, done: v.exactOptional(whole), order: v.exactOptional(whole) })], 'value.when'),
    do: interventionSchema,
  }),
  ENTRIES_MAX,
);

export const scenarioSchema = object({
  /** Where an editor finds the published schema; it means nothing to a run. */
  $schema: v.exactOptional(v.string()),
  version: v.literal(1),
  id: v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'value.scenario-id')),
  family,
  text: object({ en: scenarioText, zh: scenarioText }),
  seed: whole,
  topology: object({ nodes: v.pipe(list(nodeSpec, NODES_MAX), v.minLength(1, 'value.too-few')), links: list(linkSpec, LINKS_MAX) }),
  processes: list(processSpec, ENTRIES_MAX),
  parameters: list(parameter, PARAMETERS_MAX),
  workload: list(object({ time, node: name, process: name, request: json }), ENTRIES_MAX),
  interventions: interventionsSchema,
  bugs: list(name, 100),
  ttl: v.pipe(v.number(), v.integer('value.ttl'), v.minValue(1, 'value.ttl'), v.maxValue(255, 'value.ttl')),
  horizon: time,
  opening: object({
    time,
    speed: v.union([v.literal('even'), v.pipe(v.number(), v.finite(), v.gtValue(0))], 'value.speed'),
    select: v.exactOptional(name),
    beside: v.exactOptional(jsonObject),
  }),
});
