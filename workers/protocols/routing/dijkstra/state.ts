import type { Routes } from '../../../model/protocol.ts';
import type { Table } from '../../../model/table.ts';
import type { LinkId, NodeId } from '../../../model/topology.ts';

export type Config = {
  /** Where the paths start; empty: at the node that computes. */
  readonly source: NodeId;
  /** One event for each settled node and each relaxed edge, or the whole run in one. */
  readonly stepped: boolean;
};

/** A node over which v is reached at its distance, and the link from it to v. */
export type Predecessor = { readonly node: NodeId; readonly link: LinkId };

/** What is known of a node v. */
export type Label = {
  /** d(v): the least cost found so far; null while no way is known (∞). */
  readonly distance: number | null;
  /** All equal-cost ones. */
  readonly predecessors: readonly Predecessor[];
  /** Which one it was to be settled, from 0; null while it is not. */
  readonly settled: number | null;
};

/** An edge out of the node that was settled last. */
export type Edge = { readonly link: LinkId; readonly to: NodeId; readonly cost: number };

export type State = {
  readonly source: NodeId;
  /** How often it has begun. */
  readonly run: number;
  readonly phase: 'stepping' | 'done' | 'computed';
  readonly labels: Table<Label>;
  /** Distances of the nodes that are found and not settled. */
  readonly queue: Table<number>;
  readonly settled: number;
  /** The node settled last, whose edges are being relaxed. */
  readonly current: NodeId | null;
  readonly edges: readonly Edge[];
  /** How many of `edges` have been relaxed. */
  readonly relaxed: number;
  readonly routes: Routes;
  /** The forwarding table before this run. */
  readonly previous: Routes;
};

export type Timer = 'step';
