import type { Frame, NodeAt } from '../simulation/types.ts';
import type { BranchInfo } from '../../workers/contract.ts';
import { DRIFT_MIN, isStopped } from '../../workers/model/clock.ts';
import type { Cut, Intervention } from '../../workers/model/intervention.ts';
import { isInHand, type PacketId } from '../../workers/model/packet.ts';
import type { Nanoseconds } from '../../workers/model/time.ts';
import { DEFAULT_DETECTION, defaultDirection, type LinkId, type LinkSpec, type NodeId, type NodeSpec } from '../../workers/model/topology.ts';
import { cutOf } from './states.ts';
import type { Scene } from './scene.ts';

/** A cut keeps this far from a link's ends, so that both loose ends can be seen. */
const CUT_INSET = 0.12;

/** Where a link is cut that was pointed at there. */
export function cutPosition(fraction: number): number {
  return Math.round(Math.min(1 - CUT_INSET, Math.max(CUT_INSET, fraction)) * 1000) / 1000;
}

/** What a stroke of the pen does: one cut, or a partition that is undone in one step. */
export function strokeDeed(crossed: ReadonlyMap<LinkId, number>): Intervention | null {
  const cuts: Cut[] = [...crossed].map(([link, fraction]) => ({ link, position: cutPosition(fraction) }));
  const [first] = cuts;
  if (!first) return null;
  return cuts.length === 1 ? { kind: 'cut', ...first } : { kind: 'partition', cuts };
}

/** Links that lead from one side to the other, and are not cut already. */
export function linksBetween(frame: Frame, side: ReadonlySet<NodeId>): readonly LinkId[] {
  return frame.links
    .filter(({ spec, state }) => side.has(spec.ends[0]) !== side.has(spec.ends[1]) && cutOf(state)?.oneWay !== null)
    .map(({ spec }) => spec.id);
}

/** Links that were cut by one deed, and when. */
export type CutGroup = { readonly key: string; readonly time: Nanoseconds | null; readonly links: readonly LinkId[] };

/** The cuts that can be seen, by the intervention that made them; the newest first. */
export function cutGroups(frame: Frame, branch: BranchInfo | undefined): readonly CutGroup[] {
  const past = (branch?.interventions ?? []).filter(({ at }) => at.time <= frame.playhead.time).toReversed();
  const groups = new Map<string, { time: Nanoseconds | null; links: LinkId[] }>();
  for (const { spec, state } of frame.links) {
    if (!cutOf(state)) continue;
    const deed = past.find((each) => cutsLink(each.do, spec.id));
    const key = deed?.id ?? spec.id;
    const group = groups.get(key);
    if (group) group.links.push(spec.id);
    else groups.set(key, { time: deed?.at.time ?? null, links: [spec.id] });
  }
  return [...groups].map(([key, group]) => ({ key, ...group })).toSorted((a, b) => (b.time ?? 0) - (a.time ?? 0));
}

function cutsLink(deed: Intervention, link: LinkId): boolean {
  if (deed.kind === 'cut') return deed.link === link;
  return deed.kind === 'partition' && deed.cuts.some((cut) => cut.link === link);
}

/** Heals what one deed has cut. */
export function healDeed({ links }: CutGroup): Intervention | null {
  const [first] = links;
  if (first === undefined) return null;
  return links.length === 1 ? { kind: 'restore', link: first } : { kind: 'heal', links };
}

/** How long D delays a packet: as long as its link takes, so that it shows at every speed. */
export function delayOf(frame: Frame, packet: PacketId): Nanoseconds {
  const flight = frame.flights.find((each) => each.packet === packet)?.flight;
  return flight ? Math.max(1000, flight.arrive - flight.transmitEnd) : 0;
}

/** Takes a packet into the hand, or lets it go. */
export function holdDeed(frame: Frame, packet: PacketId): Intervention {
  const flight = frame.flights.find((each) => each.packet === packet)?.flight;
  return { kind: flight && isInHand(flight) ? 'release' : 'hold', packet };
}

/** Stops a node's clock, or lets it run again. */
export function clockDeed({ spec, clock }: NodeAt): Intervention {
  return { kind: 'set-clock', node: spec.id, drift: clock && isStopped(clock) ? 0 : DRIFT_MIN };
}

/** A node with the first free name: n1, n2, … */
export function newNode(scene: Scene): NodeSpec {
  let number = 1;
  while (scene.node(`n${number}`)) number += 1;
  return { id: `n${number}`, label: `n${number}` };
}

/** A link of the default kind, with a name of its own beside others between the same nodes. */
export function newLink(scene: Scene, from: NodeId, to: NodeId): LinkSpec {
  const name = `${from}-${to}`;
  let id = name;
  for (let number = 2; scene.link(id); number += 1) id = `${name}-${number}`;
  return { id, ends: [from, to], directions: [defaultDirection, defaultDirection], detection: DEFAULT_DETECTION };
}
