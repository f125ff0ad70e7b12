import type { AddressedIntervention, Cut, Intervention } from '../model/intervention.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { ProtocolEntry, Registry } from '../model/protocol.ts';
import { SCENARIO_VERSION } from '../model/scenario.ts';
import type { Parameter, Scenario } from '../model/scenario.ts';
import type { LinkSpec } from '../model/topology.ts';
import { InputError, shown } from './input-error.ts';
import { nearest } from './nearest.ts';
import { checkParameterValue } from './parameter.ts';
import { scenarioSchema } from './scenario-schema.ts';
import { validated } from './validate.ts';

function unknownThing(path: string, found: string, known: Iterable<string>): InputError {
  const meant = nearest(found, known);
  if (meant === null) return new InputError('scenario.reference', { path, found: shown(found) });
  return new InputError('scenario.reference-nearest', { path, found: shown(found), nearest: shown(meant) });
}

function assertKnown(value: string, known: ReadonlySet<string>, path: string): void {
  if (!known.has(value)) throw unknownThing(path, value, known);
}

function assertUnique(values: readonly string[], pathOf: (at: number) => string): ReadonlySet<string> {
  const seen = new Set<string>();
  values.forEach((value, at) => {
    if (seen.has(value)) throw new InputError('scenario.duplicate', { path: pathOf(at), found: shown(value) });
    seen.add(value);
  });
  return seen;
}

/** What names may be used in a scenario, and what each link joins. */
export type Names = {
  readonly nodes: ReadonlySet<string>;
  readonly links: ReadonlyMap<string, LinkSpec>;
  /** The protocols that run on a node; `null` stands for a node that is added later. */
  readonly processes: (node: string | null) => readonly string[];
};

/** Names of a scenario's topology and of what its interventions add to it. */
export function namesOf(scenario: Scenario, interventions: readonly AddressedIntervention[]): Names {
  const nodes = new Set(scenario.topology.nodes.map((node) => node.id));
  const links = new Map(scenario.topology.links.map((link) => [link.id, link]));
  for (const { do: action } of interventions) {
    if (action.kind === 'add-node') nodes.add(action.node.id);
    if (action.kind === 'add-link') links.set(action.link.id, action.link);
  }
  const everywhere = scenario.processes.filter((spec) => spec.nodes === 'all').map((spec) => spec.protocol);
  const all = [...new Set(scenario.processes.map((spec) => spec.protocol))];
  const own = new Map<string, string[]>();
  for (const spec of scenario.processes) {
    if (spec.nodes === 'all') continue;
    for (const node of spec.nodes) own.set(node, [...(own.get(node) ?? []), spec.protocol]);
  }
  return { nodes, links, processes: (node) => (node === null ? all : [...everywhere, ...(own.get(node) ?? [])]) };
}

function checkLinkSpec(link: LinkSpec, nodes: ReadonlySet<string>, path: string): void {
  link.ends.forEach((end, at) => assertKnown(end, nodes, `${path}.ends[${at}]`));
}

function checkCut(cut: Cut, names: Names, path: string): void {
  const link = names.links.get(cut.link);
  if (!link) throw unknownThing(`${path}.link`, cut.link, names.links.keys());
  checkEnd(link, cut.from, path);
}

function checkEnd(link: LinkSpec, from: string | undefined, path: string): void {
  if (from !== undefined && !link.ends.includes(from)) throw new InputError('scenario.not-end', { path: `${path}.from`, found: shown(from), link: shown(link.id) });
}

function checkProcess(node: string, process: string, names: Names, path: string): void {
  assertKnown(node, names.nodes, `${path}.node`);
  const running = names.processes(node);
  if (running.includes(process)) return;
  const meant = nearest(process, running);
  if (meant !== null) throw unknownThing(`${path}.process`, process, running);
  throw new InputError('scenario.not-running', { path: `${path}.process`, process: shown(process), node: shown(node) });
}

/** @throws InputError where it names what the network never has */
export function checkIntervention(action: Intervention, names: Names, path: string): void {
  switch (action.kind) {
    case 'cut':
      return checkCut(action, names, path);
    case 'partition':
      return action.cuts.forEach((cut, at) => checkCut(cut, names, `${path}.cuts[${at}]`));
    case 'restore':
    case 'remove-link':
      return checkCut({ link: action.link }, names, path);
    case 'set-link':
      return checkCut({ link: action.link, ...(action.from !== undefined && { from: action.from }) }, names, path);
    case 'heal':
      return action.links.forEach((link, at) => {
        if (!names.links.has(link)) throw unknownThing(`${path}.links[${at}]`, link, names.links.keys());
      });
    case 'crash':
    case 'restart':
    case 'set-clock':
    case 'remove-node':
      return assertKnown(action.node, names.nodes, `${path}.node`);
    case 'add-link':
      return checkLinkSpec(action.link, names.nodes, `${path}.link`);
    case 'request':
      return checkProcess(action.node, action.process, names, path);
    case 'configure':
      if (action.node !== undefined) return checkProcess(action.node, action.process, names, path);
      return assertKnown(action.process, new Set(names.processes(null)), `${path}.process`);
    case 'add-node':
    case 'drop':
    case 'delay':
    case 'hold':
    case 'release':
    case 'duplicate':
      // A new node may have any id; a packet is known only when it is sent.
      return undefined;
  }
}

/** @throws InputError for the first intervention that names what the network never has */
export function checkInterventions(interventions: readonly AddressedIntervention[], names: Names, path: string): void {
  interventions.forEach((intervention, at) => checkIntervention(intervention.do, names, `${path}[${at}].do`));
}

function entryOf(protocol: string, registry: Registry, path: string): ProtocolEntry {
  const entry = registry.find((candidate) => candidate.protocol.name === protocol);
  if (entry) return entry;
  throw new InputError('scenario.protocol', { path, found: shown(protocol), known: registry.map((candidate) => candidate.protocol.name) });
}

/** A configuration may only hold what the protocol knows. */
function checkConfig(config: JsonObject, entry: ProtocolEntry, path: string): void {
  const known = Object.keys(entry.defaults);
  for (const name of Object.keys(config)) {
    if (known.includes(name)) continue;
    const meant = nearest(name, known);
    const wrong = { path: shown(`${path}.${name}`) };
    if (meant === null) throw new InputError('value.unknown-key', { ...wrong, known });
    throw new InputError('value.unknown-key-nearest', { ...wrong, nearest: meant });
  }
}

function checkProcesses(scenario: Scenario, registry: Registry, nodes: ReadonlySet<string>, prefix: string): void {
  scenario.processes.forEach((spec, at) => {
    const path = `${prefix}processes[${at}]`;
    checkConfig(spec.config, entryOf(spec.protocol, registry, `${path}.protocol`), `${path}.config`);
    if (spec.nodes === 'all') return;
    spec.nodes.forEach((node, index) => assertKnown(node, nodes, `${path}.nodes[${index}]`));
    assertUnique(spec.nodes, (index) => `${path}.nodes[${index}]`);
  });
}

function checkParameter(parameter: Parameter, scenario: Scenario, registry: Registry, path: string): void {
  const protocols = new Set(scenario.processes.map((spec) => spec.protocol));
  parameter.sets.forEach(({ protocol, config }, at) => {
    assertKnown(protocol, protocols, `${path}.sets[${at}].protocol`);
    const { defaults } = entryOf(protocol, registry, `${path}.sets[${at}].protocol`);
    assertKnown(config, new Set(Object.keys(defaults)), `${path}.sets[${at}].config`);
  });
  if (parameter.places) assertKnown(parameter.places.protocol, protocols, `${path}.places.protocol`);
  checkParameterValue(parameter, parameter.default, scenario, `${path}.default`);
}

function checkBugs(scenario: Scenario, registry: Registry, prefix: string): void {
  const switches = bugsOf(scenario, registry);
  scenario.bugs.forEach((bug, at) => assertKnown(bug, new Set(switches), `${prefix}bugs[${at}]`));
}

/** Names of the bug switches that the scenario's protocols have. */
export function bugsOf(scenario: Scenario, registry: Registry): string[] {
  const protocols = scenario.processes.map((spec) => spec.protocol);
  return [...new Set(registry.filter((entry) => protocols.includes(entry.protocol.name)).flatMap((entry) => entry.bugs.map((bug) => bug.name)))];
}

/** What the shape alone does not say: names that exist, ids that are unique. */
export function crossCheck(scenario: Scenario, registry: Registry, prefix = ''): void {
  const { topology } = scenario;
  const nodes = assertUnique(topology.nodes.map((node) => node.id), (at) => `${prefix}topology.nodes[${at}].id`);
  assertUnique(topology.links.map((link) => link.id), (at) => `${prefix}topology.links[${at}].id`);
  topology.links.forEach((link, at) => checkLinkSpec(link, nodes, `${prefix}topology.links[${at}]`));
  checkProcesses(scenario, registry, nodes, prefix);
  const names = namesOf(scenario, scenario.interventions);
  assertUnique(scenario.parameters.map((parameter) => parameter.name), (at) => `${prefix}parameters[${at}].name`);
  scenario.parameters.forEach((parameter, at) => checkParameter(parameter, scenario, registry, `${prefix}parameters[${at}]`));
  scenario.workload.forEach((request, at) => checkProcess(request.node, request.process, names, `${prefix}workload[${at}]`));
  assertUnique(scenario.interventions.map((intervention) => intervention.id), (at) => `${prefix}interventions[${at}].id`);
  checkInterventions(scenario.interventions, names, `${prefix}interventions`);
  checkBugs(scenario, registry, prefix);
  checkOpening(scenario, nodes, `${prefix}opening`);
}

/** What is looked at first is there, and what a second run is set to are values of parameters. */
function checkOpening(scenario: Scenario, nodes: ReadonlySet<string>, path: string): void {
  const { select, beside = {} } = scenario.opening;
  if (select !== undefined) assertKnown(select, nodes, `${path}.select`);
  const parameters = new Map(scenario.parameters.map((parameter) => [parameter.name, parameter]));
  for (const [name, value] of Object.entries(beside)) {
    assertKnown(name, new Set(parameters.keys()), `${path}.beside`);
    checkParameterValue(parameters.get(name)!, value, scenario, `${path}.beside.${name}`);
  }
}

/**
 * Brings a scenario of an older version up to the present one. Version 1 is the first: whatever comes after it adds
 * its step here, with a test.
 */
function migrated(document: Json): Json {
  const version = typeof document === 'object' && document !== null && !Array.isArray(document) ? (document as JsonObject)['version'] : undefined;
  if (version !== undefined && version !== SCENARIO_VERSION) {
    throw new InputError('scenario.version', { found: shown(version), expected: SCENARIO_VERSION });
  }
  return document;
}

/**
 * Reads a scenario that comes from outside.
 * @param registry the protocols that it may name
 * @throws InputError that says which value is wrong, and what was expected
 */
export function readScenario(document: Json, registry: Registry): Scenario {
  const { $schema: _, ...scenario } = validated(scenarioSchema, migrated(document), 'scenario');
  crossCheck(scenario, registry);
  return scenario;
}
