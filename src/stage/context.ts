import type { Frame, Selection, Session, Tool } from '../simulation/types.ts';
import type { Intervention } from '../../workers/model/intervention.ts';
import type { PacketId } from '../../workers/model/packet.ts';
import type { LinkId, NodeId } from '../../workers/model/topology.ts';
import type { Camera } from './camera.ts';
import type { Point } from './geometry.ts';
import type { Looks } from './looks.ts';
import type { Overlay } from './overlay.ts';
import type { PacketLayer } from './packets.ts';
import type { NodeMark, Scene } from './scene.ts';

/** What gestures and keys may use of the stage. */
export type StageContext = {
  readonly session: Session;
  readonly root: HTMLElement;
  readonly camera: Camera;
  readonly looks: Looks;
  readonly packets: PacketLayer;
  readonly over: Overlay;
  readonly scene: () => Scene;
  readonly frame: () => Frame | null;
  readonly tool: () => Tool;
  /** Does something to the run. Links in `opening` crack before one's eyes. */
  readonly act: (intervention: Intervention, opening?: readonly LinkId[]) => void;
  readonly moveNode: (node: NodeMark, home: Point) => void;
  /** Heals what one deed has cut, by the key of its group. */
  readonly heal: (group: string) => void;
  /** Adds a node at a place of the stage (px). */
  readonly addNode: (at: Point) => void;
  readonly addLink: (from: NodeId, to: NodeId) => void;
  /** A packet that is held by the pointer is drawn there. */
  readonly hold: (held: { readonly packet: PacketId; readonly at: Point } | null) => void;
  /** Gives the keyboard to a node, link or packet. */
  readonly focusOn: (target: Selection) => void;
  readonly focus: () => Selection | null;
  readonly fit: () => void;
  readonly fitTo: (nodes: readonly NodeMark[]) => void;
  /** Opens the menu of something, at a place of the stage (px). */
  readonly openMenu: (target: Selection | null, at: Point) => void;
};
