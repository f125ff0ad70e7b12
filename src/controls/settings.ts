/** What is set in a run at a moment, and what setting it otherwise would be. Pure. */
import type { Control } from '../../workers/model/control.ts';
import type { AddressedIntervention, Intervention } from '../../workers/model/intervention.ts';
import type { Json, JsonObject } from '../../workers/model/json.ts';
import type { Parameter, Scenario } from '../../workers/model/scenario.ts';
import type { NodeId } from '../../workers/model/topology.ts';
import type { Reel } from '../../workers/contract.ts';
import type { Playhead } from '../simulation/types.ts';

/** So many settings of a node are shown at once; the others when they are asked for. What a scenario is about is among the first. */
export const OPEN_MAX = 9;

/**
 * How many of a branch's interventions have been done at the playhead. They are in the order of the tape.
 * @param reel the one under the playhead: at an instant with several events it says which of them are ahead
 */
export function doneAt(interventions: readonly AddressedIntervention[], { event, time }: Playhead, reel: Reel | null): number {
  const ahead = (id: string): boolean =>
    reel?.events.some((other) => other.event > event && other.time === time && other.input.kind === 'intervention' && other.input.intervention.id === id) ?? false;
  const next = interventions.findIndex(({ id, at }) => at.time > time || (at.time === time && ahead(id)));
  return next < 0 ? interventions.length : next;
}

/** What a protocol is set to on a node: the scenario's configuration, and what was laid over it since. Without a node: what was set on all. */
export function settingsOf({ processes, parameters }: Pick<Scenario, 'processes' | 'parameters'>, done: readonly AddressedIntervention[], protocol: string, node: NodeId | null): JsonObject {
  const runs = processes.filter((spec) => spec.protocol === protocol);
  const spec = runs.find(({ nodes }) => node !== null && nodes !== 'all' && nodes.includes(node)) ?? runs[0];
  const settings: { [name: string]: Json } = {};
  for (const parameter of parameters) for (const { config } of parameter.sets.filter((set) => set.protocol === protocol)) settings[config] = parameter.default;
  Object.assign(settings, spec?.config);
  for (const { do: deed } of done) {
    if (deed.kind === 'configure' && deed.process === protocol && (deed.node === undefined || deed.node === node)) Object.assign(settings, deed.set);
  }
  return settings;
}

/** The nodes that the configuration names under a key. */
export function named(settings: JsonObject, key: string): readonly NodeId[] {
  const value = settings[key];
  return Array.isArray(value) ? (value as readonly Json[]).filter((item) => typeof item === 'string') : [];
}

/** The parameter that says what a setting may be. */
export function parameterOf({ parameters }: Pick<Scenario, 'parameters'>, protocol: string, { setting }: Pick<Control, 'setting'>): Parameter | undefined {
  return parameters.find(({ sets }) => sets.some((set) => set.protocol === protocol && set.config === setting));
}

/** The controls that are shown with a node. */
export function controlsAt(controls: readonly Control[], settings: JsonObject, node: NodeId): readonly Control[] {
  const keys = new Set(controls.flatMap(({ at }) => (at === null ? [] : [at])));
  const isElsewhere = [...keys].some((key) => named(settings, key).includes(node));
  return controls.filter(({ at }) => (at === null ? !isElsewhere : named(settings, at).includes(node)));
}

/** Whether a control means anything as things are set. */
export function applies({ when }: Control, settings: JsonObject): boolean {
  return when === undefined || settings[when.setting] === when.is;
}

/** Those who are told of a change; null: everybody. What a node alone looks up for itself is told to it alone. */
function toldOf({ at, to, each, members }: Control, settings: JsonObject, node: NodeId): readonly NodeId[] | null {
  if (to !== undefined) return named(settings, to);
  if (members || (each !== undefined && each === at)) return [node];
  return at === null ? null : named(settings, at);
}

/** The node whose configuration holds what a control at `node` shows: one of those who are told of a change. */
export function holderOf(control: Control, settings: JsonObject, node: NodeId): NodeId {
  return toldOf(control, settings, node)?.[0] ?? node;
}

/** The deed that gives a control another value: told to one node where only that one is concerned, otherwise to all. */
export function deedOf(control: Control, settings: JsonObject, process: string, node: NodeId, value: Json): Intervention {
  const [only, ...others] = toldOf(control, settings, node) ?? [];
  return { kind: 'configure', ...(only !== undefined && others.length === 0 && { node: only }), process, set: { [control.setting]: value } };
}

/** A list of one value a node with another one at a place; who had none had `usual`. */
export function withOne(list: Json | undefined, count: number, place: number, value: Json, usual: Json): readonly Json[] {
  const before: readonly Json[] = Array.isArray(list) ? list : [];
  return Array.from({ length: count }, (_item, at) => (at === place ? value : (before[at] ?? usual)));
}

/** A list of nodes with this one, or without it. */
export function withMember(settings: JsonObject, setting: string, node: NodeId, holds: boolean): readonly NodeId[] {
  const others = named(settings, setting).filter((other) => other !== node);
  return holds ? [...others, node] : others;
}

/** A number made more (1) or less (−1), within what the parameter allows. */
export function stepped(step: NonNullable<Control['step']>, value: number, direction: 1 | -1, { minimum = -Infinity, maximum = Infinity }: Pick<Parameter, 'minimum' | 'maximum'>): number {
  const unit = step === 'one' ? 1 : 10 ** Math.floor(Math.log10(Math.max(value, 1e-3) / 5));
  const next = step === 'double' ? (direction > 0 ? value * 2 : value / 2) : value + direction * unit;
  return Math.min(maximum, Math.max(minimum, Number(next.toPrecision(12))));
}
