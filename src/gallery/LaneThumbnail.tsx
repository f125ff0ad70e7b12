import { zoomIdentity } from 'd3-zoom';
import type { ReactNode } from 'react';
import type { Opening, PacketInFlight } from '../../workers/contract.ts';
import { isWaiting, positionAt } from '../../workers/model/packet.ts';
import type { Scenario } from '../../workers/model/scenario.ts';
import type { NodeId } from '../../workers/model/topology.ts';
import { GlyphShape } from '../kit/Glyph.tsx';
import { glyphOf, marksOf } from '../kit/views.ts';
import { pathOf, piece } from '../stage/geometry.ts';
import { choicesOf, laneRole, type LaneRole } from '../stage/lanes/choices.ts';
import { putLines } from '../stage/lanes/kit.ts';
import { lanesOf } from '../stage/lanes/lanes.ts';
import { lineOf } from '../stage/lanes/lines.ts';
import { planLanes, type Ground } from '../stage/lanes/plan.ts';
import { shadeOf } from '../stage/lanes/slots.ts';
import type { Size } from '../stage/layers.ts';
import { placeOfHop } from '../stage/packets.ts';
import { Scene, type Glyph, type NodeMark } from '../stage/scene.ts';

/** Columns of the picture on a card (px). */
const ground: Ground = { narrow: true, clients: 34, clientsBow: 0, balancers: 92, right: 26, serverWidth: 34, reach: 44, top: 34, bottom: 34 };

/** Who balances and who serves, as the scenario sets it; whoever does neither is a client. */
function glyphsOf({ topology, processes }: Pick<Scenario, 'topology' | 'processes'>): ReadonlyMap<NodeId, Glyph> | null {
  const config = processes.find(({ config: { balancers, servers } }) => Array.isArray(balancers) && Array.isArray(servers))?.config;
  if (!config) return null;
  const named = (list: unknown, id: NodeId): boolean => Array.isArray(list) && list.includes(id);
  return new Map(topology.nodes.map(({ id }) => [id, named(config['balancers'], id) ? 'balancer' : named(config['servers'], id) ? 'server' : 'client']));
}

/** A scenario's lanes; null where it has none. */
export function lanesOfScenario(scenario: Pick<Scenario, 'topology' | 'processes'>, size: Size): Scene | null {
  const glyphs = glyphsOf(scenario);
  const plan = glyphs && planLanes(glyphs, size, ground);
  if (!glyphs || !plan) return null;
  const scene = new Scene(scenario.topology.nodes, scenario.topology.links, plan.positions);
  for (const mark of scene.nodes) mark.glyph = glyphs.get(mark.spec.id) ?? 'plain';
  scene.lanes = lanesOf(plan);
  scene.detail = scene.lanes.scaled(1);
  scene.place(zoomIdentity);
  return scene;
}

/** What was chosen last is drawn over the others. */
const roles: readonly (LaneRole | null)[] = [null, 'out', 'cand', 'pick'];

/** Clients, balancers and servers as on the stage, without words; the lines as they are when the picture is taken. */
export function LaneThumbnail({ scene, poster }: { readonly scene: Scene; readonly poster: Opening | undefined }): ReactNode {
  const nodes = poster?.nodes ?? [];
  const choices = choicesOf(nodes);
  const waiting = putLines(scene, { nodes, links: poster?.links ?? [] }, () => '');
  return (
    <svg viewBox="0 0 320 180" aria-hidden="true">
      {roles.map((role) => (
        <g key={role} className={`ln ${role ?? ''}`}>
          <path className="net" d={scene.links.filter(({ spec }) => laneRole(choices, spec.ends) === role).map(({ curve, line }) => pathOf(line ? piece(curve, 0, line.until) : curve)).join('')} />
        </g>
      ))}
      {nodes.map((at) => {
        const own = waiting.get(at.spec.id)?.slots;
        const box = scene.node(at.spec.id)?.box;
        const line = at.up ? lineOf(at) : null;
        if (!own || !box || !line) return null;
        return line.waiting.slice(0, own.shown).map((since, place) => (
          <rect key={`${at.spec.id} ${since} ${place}`} className={`pill o${shadeOf((poster?.time ?? 0) - since)}`} x={box.x + own.first - place * own.pitch} y={box.y - own.height / 2} width={own.width} height={own.height} rx="1.2" />
        ));
      })}
      {poster?.flights.map((packet) => <Packet key={packet.packet} packet={packet} time={poster.time} scene={scene} />)}
      {scene.nodes.map((mark) => <Mark key={mark.spec.id} mark={mark} down={nodes.find(({ spec }) => spec.id === mark.spec.id)?.up === false} />)}
    </svg>
  );
}

function Packet({ packet: { flight, message, process }, time, scene }: { readonly packet: PacketInFlight; readonly time: number; readonly scene: Scene }): ReactNode {
  const link = scene.link(flight.link);
  const { head } = positionAt(flight, time);
  if (!link || isWaiting(flight, time) || head >= 1) return null;
  const { x, y } = placeOfHop(link, flight.from, head, scene.glyphRadius);
  return (
    <g transform={`translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(.6)`}>
      <GlyphShape glyph={glyphOf(message, process)} marks={marksOf(message, process)} />
    </g>
  );
}

function Mark({ mark: { glyph, box }, down }: { readonly mark: NodeMark; readonly down: boolean }): ReactNode {
  const { x, y, halfWidth, halfHeight } = box;
  const className = down ? 'rb down' : 'rb';
  if (glyph === 'client') return <circle className={className} cx={x} cy={y} r={halfWidth} />;
  if (glyph === 'balancer') return <path className={className} d={`M${x} ${y - halfHeight}L${x + halfWidth} ${y} ${x} ${y + halfHeight} ${x - halfWidth} ${y}z`} />;
  return <rect className={className} x={x - halfWidth} y={y - halfHeight} width={2 * halfWidth} height={2 * halfHeight} rx={Math.min(5, halfHeight / 2)} />;
}
