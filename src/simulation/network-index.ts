/** Nodes, links and processes through one reel: what each of them is after any event, found by a search instead of an inverse. */
import type { ProcessPanels, Reel } from '../../workers/contract.ts';
import { clockOf, isTrue, type Clock } from '../../workers/model/clock.ts';
import type { Effect, LinkState, TapeEvent } from '../../workers/model/event.ts';
import type { Nanoseconds } from '../../workers/model/time.ts';
import type { LinkId, NodeId } from '../../workers/model/topology.ts';
import type { View } from '../../workers/model/view.ts';
import { lastAtMost, lastIndexWhere } from './search.ts';
import type { LinkAt, NodeAt } from './types.ts';

/** What something was after each event that changed it, oldest first. The same object as long as nothing changed. */
type Track<Value> = { readonly events: number[]; readonly values: Value[] };

/** The set of nodes and links from an event on. */
type Epoch = { readonly event: number; readonly nodes: readonly Track<NodeAt>[]; readonly links: readonly Track<LinkAt>[] };

export type NetworkIndex = {
  readonly epochs: readonly Epoch[];
  /** One a process of the watched node. */
  readonly panels: readonly Track<ProcessPanels | null>[];
};

function startTrack<Value>(event: number, value: Value): Track<Value> {
  return { events: [event], values: [value] };
}

function latest<Value>(track: Track<Value>): Value {
  return track.values[track.values.length - 1]!;
}

function record<Value>(track: Track<Value>, event: number, value: Value): void {
  // Several effects of one event make one change: a playhead stands after an event, never inside it.
  if (track.events[track.events.length - 1] === event) track.values[track.values.length - 1] = value;
  else {
    track.events.push(event);
    track.values.push(value);
  }
}

function valueAt<Value>(track: Track<Value>, event: number): Value | undefined {
  return track.values[lastAtMost(track.events, event)];
}

function withView(node: NodeAt, process: string, view: View): NodeAt {
  const known = node.processes.some((entry) => entry.process === process);
  const processes = known
    ? node.processes.map((entry) => (entry.process === process ? { process, view } : entry))
    : [...node.processes, { process, view }];
  return { ...node, processes };
}

/** A node says what its clock is only where that is off. */
function withClock(node: NodeAt, clock: Clock): NodeAt {
  const { clock: _before, ...rest } = node;
  return isTrue(clock) ? rest : { ...rest, clock };
}

/** Follows the network through the events of a reel. */
class NetworkRecorder {
  private readonly nodes = new Map<NodeId, Track<NodeAt>>();
  private readonly links = new Map<LinkId, Track<LinkAt>>();
  readonly epochs: Epoch[] = [];
  private changed = true;

  addNode(event: number, node: NodeAt): void {
    this.nodes.set(node.spec.id, startTrack(event, node));
    this.changed = true;
  }

  addLink(event: number, link: LinkAt): void {
    this.links.set(link.spec.id, startTrack(event, link));
    this.changed = true;
  }

  event(event: TapeEvent): void {
    for (const effect of event.effects) this.effect(effect, event.event, event.time);
    if (event.node !== null && event.process !== null && event.view) {
      const track = this.nodes.get(event.node);
      if (track) record(track, event.event, withView(latest(track), event.process, event.view));
    }
    this.closeEpoch(event.event);
  }

  /** Begins a new epoch if the set of nodes or links changed. */
  closeEpoch(event: number): void {
    if (!this.changed) return;
    this.epochs.push({ event, nodes: [...this.nodes.values()], links: [...this.links.values()] });
    this.changed = false;
  }

  private effect(effect: Effect, event: number, time: Nanoseconds): void {
    switch (effect.kind) {
      case 'link':
        return this.setLink(event, effect.link, effect.state);
      case 'node':
        return this.setUp(event, effect.node, effect.up);
      case 'clock':
        return this.setClock(event, effect.node, effect.clock);
      case 'added-node':
        return this.addNode(event, withClock({ spec: effect.node, up: true, processes: [] }, clockOf(effect.node.clock, time)));
      case 'added-link':
        return this.addLink(event, { spec: effect.link, state: { cut: [null, null], directions: effect.link.directions } });
      case 'removed-node':
        return this.removeNode(effect.node);
      case 'removed-link':
        this.links.delete(effect.link);
        this.changed = true;
        return;
      default:
    }
  }

  private setLink(event: number, link: LinkId, state: LinkState): void {
    const track = this.links.get(link);
    if (track) record(track, event, { ...latest(track), state });
  }

  private setUp(event: number, node: NodeId, up: boolean): void {
    const track = this.nodes.get(node);
    // A crash takes what the processes knew; their start events show what they begin with again.
    if (track) record(track, event, { ...latest(track), up, ...(up ? {} : { processes: [] }) });
  }

  private setClock(event: number, node: NodeId, clock: Clock): void {
    const track = this.nodes.get(node);
    if (track) record(track, event, withClock(latest(track), clock));
  }

  private removeNode(node: NodeId): void {
    this.nodes.delete(node);
    for (const [link, track] of this.links) if (latest(track).spec.ends.includes(node)) this.links.delete(link);
    this.changed = true;
  }
}

/** Events after which the watched node's processes are gone: it crashed, or was removed. */
function endsOfWatched({ watch, events }: Reel): readonly number[] {
  const ends = (effect: Effect): boolean => (effect.kind === 'node' && !effect.up ? effect.node === watch : effect.kind === 'removed-node' && effect.node === watch);
  return events.filter(({ effects }) => effects.some(ends)).map(({ event }) => event);
}

function indexPanels(reel: Reel): Track<ProcessPanels | null>[] {
  const tracks = reel.opening.panels.map((panels) => startTrack<ProcessPanels | null>(reel.opening.event, panels));
  const trackOf = new Map(reel.opening.panels.map(({ process }, at) => [process, tracks[at]!]));
  const changes = [...reel.panels, ...endsOfWatched(reel).map((event) => ({ event, panels: null }))].sort((a, b) => a.event - b.event);
  for (const { event, panels } of changes) {
    const track = panels && trackOf.get(panels.process);
    if (track) record(track, event, panels);
    else if (panels) {
      const started = startTrack<ProcessPanels | null>(event, panels);
      trackOf.set(panels.process, started);
      tracks.push(started);
    } else for (const each of tracks) record(each, event, null);
  }
  return tracks;
}

export function indexNetwork(reel: Reel): NetworkIndex {
  const recorder = new NetworkRecorder();
  const { opening } = reel;
  for (const node of opening.nodes) recorder.addNode(opening.event, node);
  for (const link of opening.links) recorder.addLink(opening.event, link);
  recorder.closeEpoch(opening.event);
  for (const event of reel.events) recorder.event(event);
  return { epochs: recorder.epochs, panels: indexPanels(reel) };
}

function valuesAt<Value>(tracks: readonly Track<Value | null>[], event: number): Value[] {
  const values: Value[] = [];
  for (const track of tracks) {
    const value = valueAt(track, event);
    if (value !== undefined && value !== null) values.push(value);
  }
  return values;
}

/** The network and the watched node's panels after `event`. `topology` is the number of the epoch. */
export function networkAfter(
  index: NetworkIndex,
  event: number,
): { readonly topology: number; readonly nodes: NodeAt[]; readonly links: LinkAt[]; readonly panels: ProcessPanels[] } {
  const topology = lastIndexWhere(index.epochs, (epoch) => epoch.event <= event);
  const epoch = index.epochs[topology];
  return {
    topology,
    nodes: valuesAt(epoch?.nodes ?? [], event),
    links: valuesAt(epoch?.links ?? [], event),
    panels: valuesAt(index.panels, event),
  };
}
