/** What a person's hand does to the world. Processes that are started or told get events of their own, at once. */
import type { ClockError } from '../model/clock.ts';
import type { Effect } from '../model/event.ts';
import type { Cut, DiskFate, Intervention } from '../model/intervention.ts';
import type { Json } from '../model/json.ts';
import type { Nanoseconds } from '../model/time.ts';
import type { LinkDirection, LinkSpec, NodeId, NodeSpec } from '../model/topology.ts';
import { addLink, addNode, settlingOf } from './create.ts';
import { carries } from './network.ts';
import { delay, duplicate, endOnLink, hold, release, restage, silence, takeOff } from './packets-by-hand.ts';
import { forgetTimers, setNodeClock } from './timers.ts';
import { findLink, findNode, schedule, scheduleRequest, type LinkRecord, type Setup, type World } from './world.ts';

/**
 * One intervention being done. `effects` tell what it did to the world; where there are none, it had no effect
 * (its target does not exist any more, or is already as wanted).
 */
export class Hand {
  readonly effects: Effect[] = [];
  readonly #world: World;
  readonly #setup: Setup;
  readonly #by: string;

  constructor(world: World, setup: Setup, by: string) {
    this.#world = world;
    this.#setup = setup;
    this.#by = by;
  }

  do(intervention: Intervention): void {
    switch (intervention.kind) {
      case 'cut':
        return this.#cut(intervention);
      case 'restore':
        return this.#restore(intervention.link);
      case 'partition':
        return intervention.cuts.forEach((cut) => this.#cut(cut));
      case 'heal':
        return intervention.links.forEach((link) => this.#restore(link));
      case 'set-link':
        return this.#setLink(intervention.link, intervention.from, intervention.set);
      case 'crash':
        return this.#crash(intervention.node, intervention.disk ?? 'kept');
      case 'restart':
        return this.#restart(intervention.node);
      case 'set-clock':
        return this.#setClock(intervention);
      case 'drop':
        return this.#note(takeOff(this.#world, intervention.packet));
      case 'delay':
        return this.#note(delay(this.#world, intervention.packet, intervention.by));
      case 'hold':
        return this.#note(hold(this.#world, intervention.packet));
      case 'release':
        return this.#note(release(this.#world, intervention.packet));
      case 'duplicate':
        return this.#note(duplicate(this.#world, intervention.packet, this.#by));
      case 'add-node':
        return this.#addNode(intervention.node);
      case 'remove-node':
        return this.#removeNode(intervention.node);
      case 'add-link':
        return this.#addLink(intervention.link);
      case 'remove-link':
        return this.#removeLink(intervention.link);
      case 'request':
        return this.#request(intervention.node, intervention.process, intervention.request);
      case 'configure':
        return this.#configure(intervention.node, intervention.process, intervention.set);
    }
  }

  #note(effect: Effect | null): void {
    if (effect) this.effects.push(effect);
  }

  // ── links ──

  #cut(cut: Cut): void {
    const index = findLink(this.#world, cut.link);
    if (index < 0) return;
    const link = this.#world.links[index]!;
    const position = cut.position ?? 0.5;
    const oneWay = cut.from === undefined ? null : link.spec.ends[0] === cut.from ? 0 : link.spec.ends[1] === cut.from ? 1 : undefined;
    if (oneWay === undefined) return;
    const after = [oneWay === 1 ? link.cut[0] : position, oneWay === 0 ? link.cut[1] : 1 - position] as const;
    this.#setCut(index, link, after);
  }

  #restore(id: string): void {
    const index = findLink(this.#world, id);
    if (index >= 0) this.#setCut(index, this.#world.links[index]!, [null, null]);
  }

  #setCut(index: number, link: LinkRecord, cut: readonly [number | null, number | null]): void {
    if (cut[0] === link.cut[0] && cut[1] === link.cut[1]) return;
    link.cut = cut;
    restage(this.#world, index);
    this.#linkEffect(link);
    this.#lightChanged(index);
  }

  #setLink(id: string, from: NodeId | undefined, set: Partial<LinkDirection>): void {
    const index = findLink(this.#world, id);
    const link = this.#world.links[index];
    if (!link) return;
    const change = (side: 0 | 1): LinkDirection => {
      const now = link.spec.directions[side];
      return from === undefined || link.spec.ends[side] === from ? { ...now, ...set } : now;
    };
    const before = link.spec.directions;
    const directions = [change(0), change(1)] as const;
    if (JSON.stringify(before) === JSON.stringify(directions)) return;
    link.spec = { ...link.spec, directions };
    for (const end of link.ends) this.#world.nodes[end]!.interfaces = null;
    this.#linkEffect(link);
    if (before[0].cost !== directions[0].cost) this.#tellEnd(index, 0);
    if (before[1].cost !== directions[1].cost) this.#tellEnd(index, 1);
    if (before[0].cost !== directions[0].cost || before[1].cost !== directions[1].cost) this.#tellMap(index);
  }

  #linkEffect(link: LinkRecord): void {
    this.effects.push({ kind: 'link', link: link.spec.id, state: { cut: link.cut, directions: link.spec.directions } });
  }

  /** Both ends look at their light again, after the detection delay; whoever works on the map knows at once. */
  #lightChanged(index: number): void {
    const world = this.#world;
    const { detection } = world.links[index]!.spec;
    if (detection !== null) {
      for (const end of [0, 1] as const) schedule(world, world.time + detection, { kind: 'carrier', link: index, end }, world.event, false, this.#by);
    }
    this.#tellMap(index);
  }

  #tellEnd(link: number, end: 0 | 1): void {
    tellProcesses(this.#world, link, end, this.#world.time, this.#world.event, this.#by);
  }

  #tellMap(link: number): void {
    const world = this.#world;
    for (const [process, record] of world.processes.entries()) {
      if (record.entry.protocol.seesMap && record.state !== undefined) {
        schedule(world, world.time, { kind: 'link', process, link }, world.event, false, this.#by);
      }
    }
  }

  // ── nodes ──

  #crash(id: NodeId, disk: DiskFate): void {
    const world = this.#world;
    const index = findNode(world, id);
    const node = world.nodes[index];
    if (!node?.up) return;
    node.up = false;
    node.routes = null;
    for (const process of node.processes) this.#stop(process, disk);
    silence(world, index, this.#by);
    this.effects.push({ kind: 'node', node: id, up: false });
    for (const link of node.links) this.#lightChanged(link);
  }

  /** A process loses its volatile state and its timers. */
  #stop(process: number, disk: DiskFate): void {
    const record = this.#world.processes[process]!;
    forgetTimers(this.#world, record);
    record.state = undefined;
    if (disk === 'lost') record.synced = undefined;
    if (disk !== 'kept') record.disk = record.synced;
  }

  #restart(id: NodeId): void {
    const world = this.#world;
    const index = findNode(world, id);
    const node = world.nodes[index];
    if (!node || node.up) return;
    node.up = true;
    this.effects.push({ kind: 'node', node: id, up: true });
    node.interfaces = null;
    for (const link of node.links) {
      const record = world.links[link]!;
      if (record.spec.detection === null) continue;
      if (record.ends[0] === index) record.told[0] = carries(world, record, 1);
      if (record.ends[1] === index) record.told[1] = carries(world, record, 0);
    }
    for (const process of node.processes) schedule(world, world.time, { kind: 'start', process, reason: 'restart' }, world.event, false, this.#by);
    for (const link of node.links) this.#lightChanged(link);
  }

  #setClock({ node, offset, drift }: { readonly node: NodeId } & Partial<ClockError>): void {
    const index = findNode(this.#world, node);
    if (index < 0) return;
    this.#note(setNodeClock(this.#world, index, { ...(offset !== undefined && { offset }), ...(drift !== undefined && { drift }) }));
  }

  // ── coming and going ──

  #addNode(spec: NodeSpec): void {
    const world = this.#world;
    if (findNode(world, spec.id) >= 0) return;
    const index = addNode(world, this.#setup, spec);
    world.nodeIndices = new Map(world.nodeIndices).set(spec.id, index);
    world.membership++;
    world.settling = settlingOf(world);
    this.effects.push({ kind: 'added-node', node: spec });
    for (const process of world.nodes[index]!.processes) schedule(world, world.time, { kind: 'start', process, reason: 'boot' }, world.event, false, this.#by);
  }

  #removeNode(id: NodeId): void {
    const index = findNode(this.#world, id);
    const node = this.#world.nodes[index];
    if (!node) return;
    this.#crash(id, 'lost');
    for (const link of node.links) this.#removeLink(this.#world.links[link]!.spec.id);
    node.removed = true;
    this.#world.membership++;
    this.effects.push({ kind: 'removed-node', node: id });
  }

  #addLink(spec: LinkSpec): void {
    const world = this.#world;
    if (findLink(world, spec.id) >= 0 || spec.ends.some((end) => findNode(world, end) < 0)) return;
    // Where light is not watched, an interface is up as soon as it is there.
    const index = addLink(world, spec, spec.detection === null);
    world.linkIndices = new Map(world.linkIndices).set(spec.id, index);
    world.membership++;
    this.effects.push({ kind: 'added-link', link: spec });
    if (spec.detection === null) for (const end of [0, 1] as const) this.#tellEnd(index, end);
    this.#lightChanged(index);
  }

  #removeLink(id: string): void {
    const world = this.#world;
    const index = findLink(world, id);
    const link = world.links[index];
    if (!link) return;
    for (const end of [0, 1] as const) {
      if (link.told[end]) {
        link.told[end] = false;
        this.#tellEnd(index, end);
      }
    }
    this.#tellMap(index);
    link.removed = true;
    for (const end of link.ends) {
      const node = world.nodes[end]!;
      node.links = node.links.filter((candidate) => candidate !== index);
      node.ways = null;
      node.interfaces = null;
    }
    world.membership++;
    endOnLink(world, index, this.#by);
    this.effects.push({ kind: 'removed-link', link: id });
  }

  // ── processes ──

  #request(id: NodeId, name: string, request: Json): void {
    const process = this.#processOn(id, name);
    if (process === undefined) return;
    const world = this.#world;
    scheduleRequest(world, world.time, process, request, world.event, this.#by);
    this.effects.push({ kind: 'requested', node: id, process: name });
  }

  #configure(id: NodeId | undefined, name: string, set: { readonly [key: string]: Json }): void {
    const world = this.#world;
    let found = false;
    for (const [process, record] of world.processes.entries()) {
      const node = world.nodes[record.node]!;
      if (record.name !== name || node.removed || (id !== undefined && node.spec.id !== id)) continue;
      found = true;
      record.config = { ...(record.config as { readonly [key: string]: Json }), ...set };
      if (record.state !== undefined) schedule(world, world.time, { kind: 'told', process, layer: 'config', data: record.config }, world.event, false, this.#by);
    }
    if (!found) return;
    world.settling = settlingOf(world);
    this.effects.push({ kind: 'configured', process: name, set });
  }

  #processOn(id: NodeId, name: string): number | undefined {
    const node = this.#world.nodes[findNode(this.#world, id)];
    return node?.up ? node.processes.find((process) => this.#world.processes[process]!.name === name) : undefined;
  }
}

/** Tells every process at one end of a link, each in an event of its own, that this link is another than before. */
export function tellProcesses(world: World, link: number, end: 0 | 1, time: Nanoseconds, cause: number | null, by: string | null): void {
  const { ends } = world.links[link]!;
  // A link from a node to itself is none of its interfaces.
  if (ends[0] === ends[1]) return;
  for (const process of world.nodes[ends[end]]!.processes) {
    const record = world.processes[process]!;
    if (record.state === undefined || record.entry.protocol.seesMap || !record.entry.protocol.linkChanged) continue;
    schedule(world, time, { kind: 'link', process, link }, cause, false, by);
  }
}
