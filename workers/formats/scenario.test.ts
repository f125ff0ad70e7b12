// A scenario from outside: CONTRACT.md, "Files".
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../model/json.ts';
import type { ProtocolEntry } from '../model/protocol.ts';
import type { Parameter, Scenario } from '../model/scenario.ts';
import { ringEntry, ringScenario } from '../testing/ring.ts';
import { parseJson } from './json-text.ts';
import { readInterventions } from './recording.ts';
import { readScenario } from './scenario.ts';
import { applySettings, readSetting } from './settings.ts';
import { complaint } from './testing/read.ts';

const entry: ProtocolEntry = { ...ringEntry, defaults: { size: 8, start: 'n0', burst: [1, 2] }, bugs: [{ name: 'no-forward', rule: 'A token is passed on.' }, { name: 'twice', rule: 'Once.' }] };
const registry = [entry];

const parameters: readonly Parameter[] = [
  { name: 'size', type: 'integer', default: 8, minimum: 1, maximum: 100, sets: [{ protocol: 'ring', config: 'size' }] },
  { name: 'start', type: 'node', default: 'n0', sets: [{ protocol: 'ring', config: 'start' }], places: { protocol: 'ring' } },
  { name: 'burst', type: 'integer', list: true, default: [1, 2], minimum: 0, sets: [{ protocol: 'ring', config: 'burst' }] },
  { name: 'pause', type: 'duration', default: 1_000_000_000, sets: [] },
  { name: 'mode', type: 'text', default: 'slow', choices: ['slow', 'fast'], sets: [] },
  { name: 'loud', type: 'boolean', default: false, sets: [] },
];
const scenario: Scenario = { ...ringScenario(4), parameters };

/** The scenario as JSON, with one value replaced: `a.b[0]`; undefined takes it out. */
function changed(path: string, value: Json | undefined): Json {
  const document = JSON.parse(JSON.stringify(scenario)) as Json;
  const steps = [...path.matchAll(/[^.[\]]+/g)].map((match) => match[0]);
  const parent = steps.slice(0, -1).reduce<Json | undefined>((at, step) => (at as { readonly [key: string]: Json })[step], document);
  const last = steps.at(-1) ?? '';
  if (value === undefined) Reflect.deleteProperty(parent as JsonObject, last);
  else Reflect.set(parent as JsonObject, last, value);
  return document;
}

test('a scenario comes back as it was written', () => {
  expect(readScenario(JSON.parse(JSON.stringify(scenario)) as Json, registry)).toEqual(scenario);
});

test('an editor’s $schema is let through and forgotten', () => {
  expect(readScenario(changed('$schema', 'scenario.schema.json'), registry)).toEqual(scenario);
});

describe('the path of what is wrong, and what was expected', () => {
  test.each<readonly [string, Json | undefined, string]>([
    ['version', 2, 'version is 2; this program reads version 1.'],
    ['version', undefined, 'version is missing.'],
    ['sead', 1, '"sead" is not known here (did you mean "seed"?).'],
    ['topology.links[0].directions[1].latncy', 5, '"topology.links[0].directions[1].latncy" is not known here (did you mean "latency"?).'],
    ['opening.zoom', 1, '"opening.zoom" is not known here; known are: time, speed, select, beside.'],
    ['seed', undefined, 'seed is missing.'],
    ['seed', 1.5, 'seed is 1.5; a whole number, zero or more, is expected.'],
    ['seed', '1', 'seed is "1"; expected number.'],
    ['horizon', 2 ** 53, 'horizon is 9007199254740992; a whole number of nanoseconds from 0 to 9007199254740991 (104 days) is expected.'],
    ['horizon', -1, 'horizon is -1; a whole number of nanoseconds from 0 to 9007199254740991 (104 days) is expected.'],
    ['family', 'ruoting', 'family is "ruoting" (did you mean "routing"?); one of these is expected: routing, balance, raft, paxos, message.'],
    ['topology.links[0].directions[0].loss', 1.01, 'topology.links[0].directions[0].loss is 1.01; a probability from 0 to 1 is expected.'],
    ['topology.links[0].directions[0].cost', -1, 'topology.links[0].directions[0].cost is -1; a number, zero or more, is expected.'],
    ['topology.links[0].ends[1]', 'n9', 'topology.links[0].ends[1] is "n9", and the scenario has no such thing (did you mean "n0"?).'],
    ['topology.nodes[1].id', 'n0', 'topology.nodes[1].id is "n0", which is already taken; each needs its own.'],
    ['topology.links[1].id', 'l0', 'topology.links[1].id is "l0", which is already taken; each needs its own.'],
    ['topology.nodes', [], 'topology.nodes is empty; at least one entry is expected.'],
    ['topology.nodes[0].position', { longitude: 200, latitude: 0 }, 'topology.nodes[0].position.longitude is 200; degrees are expected, longitude from −180 to 180, latitude from −90 to 90.'],
    ['processes[0].protocol', 'rings', 'processes[0].protocol is "rings"; these protocols are built in: ring.'],
    ['processes[0].config', { sise: 3 }, '"processes[0].config.sise" is not known here (did you mean "size"?).'],
    ['processes[0].nodes', ['n0', 'x'], 'processes[0].nodes[1] is "x", and the scenario has no such thing.'],
    ['processes[0].nodes', 'some', 'processes[0].nodes is "some"; expected "all" | Array.'],
    ['parameters[0].sets[0].config', 'sizes', 'parameters[0].sets[0].config is "sizes", and the scenario has no such thing (did you mean "size"?).'],
    ['parameters[0].default', 0, 'parameters[0].default is 0; at least 1 is expected.'],
    ['workload', [{ time: 0, node: 'n0', process: 'rong', request: null }], 'workload[0].process is "rong", and the scenario has no such thing (did you mean "ring"?).'],
    ['workload', [{ time: 0, node: 'n0', process: 'raft', request: null }], 'workload[0].process: "raft" does not run on "n0".'],
    ['interventions', [{ id: 'a', at: { time: 0, done: 0, order: 0 }, do: { kind: 'cutt', link: 'l0' } }], 'interventions[0].do.kind is "cutt" (did you mean "cut"?); one of these is expected: cut, restore, partition, heal, set-link, crash, restart, set-clock, drop, delay, hold, release, duplicate, add-node, remove-node, add-link, remove-link, request, configure.'],
    ['interventions', [{ id: 'a', at: { time: 0, done: 0, order: 0 }, do: { kind: 'cut', link: 'l9' } }], 'interventions[0].do.link is "l9", and the scenario has no such thing (did you mean "l0"?).'],
    ['interventions', [{ id: 'a', at: { time: 0, done: 0, order: 0 }, do: { kind: 'cut', link: 'l0', from: 'n3' } }], 'interventions[0].do.from is "n3", which is no end of the link "l0".'],
    ['interventions', [{ id: 'a', at: { time: 0, done: 0, order: 0 }, do: { kind: 'set-link', link: 'l0', set: { los: 1 } } }], '"interventions[0].do.set.los" is not known here (did you mean "loss"?).'],
    ['bugs', ['no-foward'], 'bugs[0] is "no-foward", and the scenario has no such thing (did you mean "no-forward"?).'],
    ['opening.select', 'n7', 'opening.select is "n7", and the scenario has no such thing (did you mean "n0"?).'],
    ['opening.beside', { sise: 9 }, 'opening.beside is "sise", and the scenario has no such thing (did you mean "size"?).'],
    ['opening.beside', { size: 101 }, 'opening.beside.size is 101; at most 100 is expected.'],
    ['opening.speed', 'fast', 'opening.speed is "fast"; "even", or seconds of virtual time in a second (above zero), is expected.'],
    ['ttl', 256, 'ttl is 256; a whole number from 1 to 255 is expected.'],
    ['text.zh', undefined, 'text.zh is missing.'],
    ['id', '../x', 'id is "../x"; letters, digits, dots and dashes are expected, such as routing-abilene.'],
  ])('%s = %j', (path, value, sentence) => {
    expect(complaint(() => readScenario(changed(path, value), registry))).toBe(sentence);
  });

  test('what is added later may be named', () => {
    const link = { ...scenario.topology.links[0], id: 'new', ends: ['n0', 'n9'] } as Json;
    const interventions: Json = [
      { id: 'a', at: { time: 0, done: 0, order: 0 }, do: { kind: 'add-node', node: { id: 'n9', label: 'n9' } } },
      { id: 'b', at: { time: 0, done: 0, order: 1 }, do: { kind: 'add-link', link } },
      { id: 'c', at: { time: 1, done: 0, order: 0 }, do: { kind: 'cut', link: 'new' } },
    ];
    expect(readScenario(changed('interventions', interventions), registry).interventions).toHaveLength(3);
  });

  test.each(['null', '"x"', '7'])('a document that is %s', (text) => {
    expect(complaint(() => readScenario(parseJson(text), registry))).toBe(`scenario is ${text}; expected Object.`);
  });

  test('names that reach into JavaScript’s objects are refused wherever they stand', () => {
    const text = JSON.stringify(scenario);
    for (const wrong of [text.replace('"config":{}', '"config":{"__proto__":{"polluted":true}}'), text.replace('{', '{"__proto__":{"polluted":true},')]) {
      expect(complaint(() => readScenario(parseJson(wrong), registry))).toMatch(/no plain JSON value|is not known here/);
    }
    expect(Reflect.get({}, 'polluted')).toBe(undefined);
  });
});

describe('settings', () => {
  const typed = (name: string, text: string) => applySettings(scenario, { set: { [name]: readSetting(scenario, name, text) } }, registry);

  test('a value goes into the configuration, and becomes the default', () => {
    const set = typed('size', '12');
    expect(set.processes[0]?.config).toEqual({ size: 12 });
    expect(set.parameters[0]?.default).toBe(12);
  });

  test('a node moves the process to it', () => {
    expect(typed('start', 'n2').processes).toEqual([{ protocol: 'ring', nodes: ['n2'], config: { start: 'n2' } }]);
  });

  test('who looked at the process where it was looks where it is now', () => {
    const opening = { ...scenario.opening, select: 'n0' };
    const moved = applySettings({ ...scenario, opening }, { set: { start: 'n2' } }, registry);
    expect(moved.opening.select).toBe('n2');
    expect(typed('start', 'n2').opening).toEqual(scenario.opening);
  });

  test('a comma makes a list, a unit makes nanoseconds', () => {
    expect(typed('burst', '3, 4,5').processes[0]?.config).toEqual({ burst: [3, 4, 5] });
    expect(typed('pause', '250ms').parameters[3]?.default).toBe(250_000_000);
  });

  test('a seed and bug switches are laid over the scenario', () => {
    const set = applySettings(scenario, { seed: 7, bugs: ['twice', 'twice', 'no-forward'] }, registry);
    expect([set.seed, set.bugs]).toEqual([7, ['twice', 'no-forward']]);
  });

  test.each([
    ['sise', '1', 'The scenario has no parameter "sise" (did you mean size?).'],
    ['zzzzzzz', '1', 'The scenario has no parameter "zzzzzzz"; it has: size, start, burst, pause, mode, loud.'],
    ['size', 'many', 'size is "many"; a whole number is expected.'],
    ['size', '1.5', 'size is 1.5; a whole number is expected.'],
    ['size', '101', 'size is 101; at most 100 is expected.'],
    ['burst', '1,-2', 'burst[1] is -2; at least 0 is expected.'],
    ['start', 'n22', 'start is "n22", and the scenario has no such node (did you mean "n2"?).'],
    ['pause', 'long', 'pause is "long"; a duration such as 500ms or 10s is expected.'],
    ['mode', 'fats', 'mode is "fats"; one of these is expected: slow, fast.'],
    ['loud', 'yes', 'loud is "yes"; true or false is expected.'],
  ])('%s=%s', (name, text, sentence) => {
    expect(complaint(() => typed(name, text))).toBe(sentence);
  });

  test.each([
    [{ seed: -1 }, 'The seed is -1; a whole number from 0 to 9007199254740991 is expected.'],
    [{ bugs: ['twise'] }, 'No protocol of this scenario has a bug switch "twise" (did you mean twice?).'],
    [{ bugs: ['everything'] }, 'No protocol of this scenario has a bug switch "everything"; there are: no-forward, twice.'],
    [{ set: { size: '5' } }, 'size is "5"; a whole number is expected.'],
  ])('%j', (settings, sentence) => {
    expect(complaint(() => applySettings(scenario, settings, registry))).toBe(sentence);
  });
});

describe('interventions written by hand', () => {
  test('get ids, and come one after the other where they share an instant', () => {
    const document: Json = [
      { at: '10s', do: { kind: 'cut', link: 'l0' } },
      { at: { time: 10_000_000_000 }, do: { kind: 'cut', link: 'l1', position: 0.25 } },
      { id: 'mine', at: { time: 5, done: 2, order: 7 }, do: { kind: 'crash', node: 'n1' } },
    ];
    expect(readInterventions(document, scenario).map(({ id, at }) => ({ id, ...at }))).toEqual([
      { id: 'with-1', time: 10_000_000_000, done: 0, order: 0 },
      { id: 'with-2', time: 10_000_000_000, done: 0, order: 1 },
      { id: 'mine', time: 5, done: 2, order: 7 },
    ]);
  });

  test.each<readonly [Json, string]>([
    [{}, 'the list of interventions is {}; expected Array.'],
    [[{ at: 'soon', do: { kind: 'cut', link: 'l0' } }], '[0].at is "soon"; a duration such as "10s", or an object with "time" in nanoseconds, is expected.'],
    [[{ at: 5, do: { kind: 'cut', link: 'l0' } }], '[0].at is 5; a duration such as "10s", or an object with "time" in nanoseconds, is expected.'],
    [[{ at: '1s', do: { kind: 'cut', link: 'l7' } }], '[0].do.link is "l7", and the scenario has no such thing (did you mean "l0"?).'],
    [[{ at: '1s' }], '[0].do is missing.'],
    [[{ id: 'a', at: '1s', do: { kind: 'crash', node: 'n0' } }, { id: 'a', at: '1s', do: { kind: 'crash', node: 'n0' } }], '[1].id is "a", which is already taken; each needs its own.'],
  ])('%j', (document, sentence) => {
    expect(complaint(() => readInterventions(document, scenario))).toBe(sentence);
  });
});
