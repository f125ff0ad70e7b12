import type { NodeId } from '../../../workers/model/topology.ts';
import type { Detail } from '../detail.ts';
import type { Point } from '../geometry.ts';
import type { Size } from '../layers.ts';
import type { Glyph } from '../scene.ts';

/** Where clients, balancers and servers stand on a stage of a certain size, and how much room each of them has there. */
export type LanePlan = {
  /** In px of that stage. */
  readonly positions: ReadonlyMap<NodeId, Point>;
  /** Distances from one to the next in each column (px). */
  readonly pitch: { readonly clients: number; readonly balancers: number; readonly servers: number };
  readonly narrow: boolean;
  /** Half the width of a server's box (px). */
  readonly serverHalfWidth: number;
  /** How far a lane goes until it has come to the height of its server (px). */
  readonly reach: number;
  /** Where words beside the drawing stand (px): their left edge, the first lane, the middle of all lanes. */
  readonly words: { readonly left: number; readonly top: number; readonly middle: number };
};

/** More servers than these have no lane each; nor are there columns of more clients or balancers. */
const SERVERS_MAX = 60;
const CLIENTS_MAX = 60;
const BALANCERS_MAX = 12;

/** Columns and rows of the picture, by the size of the stage (px). */
export type Ground = {
  readonly narrow: boolean;
  /** Where the clients stand; the middle one a little farther to the left. */
  readonly clients: number;
  readonly clientsBow: number;
  readonly balancers: number;
  /** From the right edge of the servers' boxes to that of the stage: room for how many wait. */
  readonly right: number;
  readonly serverWidth: number;
  readonly reach: number;
  readonly top: number;
  readonly bottom: number;
};

/** Below these there is no room for names and figures beside the drawing (px). */
const NARROW = 560;
const LOW = 300;

/** So many servers are a crowd in half the height: it is taken up to the edges. */
const CROWD = 6;

function groundOf({ width, height }: Size, servers: number): Ground {
  if (width < NARROW) return { narrow: true, clients: 20, clientsBow: 0, balancers: 76, right: 44, serverWidth: 52, reach: 34, top: height < 200 ? 44 : 64, bottom: height < 200 && servers > CROWD ? 16 : 28 };
  return {
    narrow: false,
    clients: 84,
    clientsBow: 14,
    balancers: Math.min(392, Math.max(190, Math.round(width * 0.275))),
    right: 112,
    serverWidth: 92,
    reach: 112,
    top: height >= LOW ? 72 : servers > CROWD ? 42 : 48,
    bottom: height >= LOW ? 52 : servers > CROWD ? 34 : 44,
  };
}

/** A column of discs (px): how far apart and how large they are drawn at most, and how far they keep from the edges of the stage. */
type Discs = { readonly pitch: number; readonly radius: number; readonly top: number; readonly bottom: number };

/** Chips stand above the clients, and the key below them. */
const wideDiscs = { clients: { pitch: 100, radius: 17, top: 44, bottom: 38 }, balancers: { pitch: 130, radius: 24, top: 38, bottom: 36 } } satisfies { readonly [column: string]: Discs };
const narrowDiscs = { clients: { pitch: 80, radius: 11, top: 47, bottom: 8 }, balancers: { pitch: 90, radius: 15, top: 40, bottom: 8 } } satisfies { readonly [column: string]: Discs };
/** Servers are not drawn farther apart than this (px). */
const SERVER_PITCH = 110;
/** Of the way to its neighbour a disc takes so much on either side. */
const FILLED = 0.42;

/**
 * Clients on the left, balancers beside them, servers in a column on the right, a lane to each.
 * @returns null where nobody balances, or there are too many for lanes.
 */
export function planLanes(glyphs: ReadonlyMap<NodeId, Glyph>, size: Size, given: Ground | null = null): LanePlan | null {
  const of = (glyph: Glyph): NodeId[] => [...glyphs].flatMap(([id, each]) => (each === glyph ? [id] : []));
  const [clients, balancers, servers] = [of('client'), of('balancer'), of('server')];
  if (balancers.length === 0 || servers.length === 0 || balancers.length > BALANCERS_MAX || servers.length > SERVERS_MAX || clients.length > CLIENTS_MAX) return null;
  const ground = given ?? groundOf(size, servers.length);
  const room = Math.max(40, size.height - ground.top - ground.bottom);
  const middle = ground.top + room / 2;
  const discs = ground.narrow ? narrowDiscs : wideDiscs;
  // Columns stand about the same middle, however much is at their feet.
  const roomFor = ({ top, bottom }: Discs): number => 2 * Math.min(middle - top, size.height - bottom - middle);
  const pitch = {
    clients: pitchOfDiscs(clients.length, roomFor(discs.clients), discs.clients),
    balancers: pitchOfDiscs(balancers.length, roomFor(discs.balancers), discs.balancers),
    servers: servers.length < 2 ? room : Math.min(SERVER_PITCH, room / (servers.length - 1)),
  };
  const serverHalfWidth = ground.serverWidth / 2;
  const column = (ids: readonly NodeId[], between: number, xOf: (aside: number) => number): [NodeId, Point][] =>
    ids.map((id, at) => {
      const steps = at - (ids.length - 1) / 2;
      // From −1 at the first of them to 1 at the last.
      const aside = ids.length === 1 ? 0 : (2 * at) / (ids.length - 1) - 1;
      return [id, { x: xOf(aside), y: middle + steps * between }];
    });
  return {
    positions: new Map([
      ...column(clients, pitch.clients, (aside) => ground.clients - ground.clientsBow * (1 - aside * aside)),
      ...column(balancers, pitch.balancers, () => ground.balancers),
      ...column(servers, pitch.servers, () => size.width - ground.right - serverHalfWidth),
    ]),
    pitch,
    narrow: ground.narrow,
    serverHalfWidth,
    reach: ground.reach,
    words: { left: ground.balancers - 24, top: middle - ((servers.length - 1) / 2) * pitch.servers, middle },
  };
}

/** The distance at which so many discs find room, the outer ones as a whole. */
function pitchOfDiscs(count: number, room: number, { pitch, radius }: Discs): number {
  const small = room / (count - 1 + 2 * FILLED);
  return Math.min(pitch, small * FILLED <= radius || count < 2 ? small : (room - 2 * radius) / (count - 1));
}

/** How large the marks in lanes are at a scale of the camera (px). */
export type LaneSizes = {
  readonly detail: Detail;
  readonly clientRadius: number;
  readonly balancerRadius: number;
  readonly serverHalfWidth: number;
  readonly serverHalfHeight: number;
  /** Radius of a message's glyph. */
  readonly radius: number;
};

/** From these heights on a box has room for a label in normal and in small letters (px). */
const LETTERS = 20;
const SMALL_LETTERS = 9;

export function laneSizes({ pitch, narrow, serverHalfWidth }: LanePlan, scale: number): LaneSizes {
  const discs = narrow ? narrowDiscs : wideDiscs;
  const height = Math.max(3, Math.min(narrow ? 22 : 30, pitch.servers * scale - Math.min(4, Math.max(1.5, pitch.servers * scale * 0.13))));
  const detail = height >= LETTERS && !narrow ? 'full' : height >= SMALL_LETTERS ? 'compact' : 'small';
  return {
    detail,
    clientRadius: Math.max(3, Math.min(discs.clients.radius, pitch.clients * scale * FILLED)),
    balancerRadius: Math.max(5, Math.min(discs.balancers.radius, pitch.balancers * scale * FILLED)),
    serverHalfWidth,
    serverHalfHeight: height / 2,
    radius: detail === 'full' ? 7 : detail === 'compact' ? 5 : 4,
  };
}
