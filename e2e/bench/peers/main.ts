/** The same scene, drawn by others: `?peer=force-graph&nodes=100`. The attribute `data-drag` says where node 0 is. */
import cytoscape from 'cytoscape';
import ForceGraph from 'force-graph';
import { sceneOf } from '../scene.ts';
import type { Scene } from '../scene.ts';

/** A packet goes from node to node in this time (ms), as in the scenario. */
const LATENCY = 2_000;

const root = document.querySelector<HTMLElement>('#stage')!;
const asked = new URLSearchParams(location.search);
const scene = sceneOf(Number(asked.get('nodes')));
const spacing = Math.min((root.clientWidth - 80) / scene.columns, 90);
const placed = new Map(scene.nodes.map(({ id, column, row }) => [id, { x: 60 + column * spacing, y: 60 + row * spacing }]));

/** Their own particles on links: what they have for this. */
function drawWithForceGraph({ nodes, links }: Scene): void {
  const width = root.clientWidth;
  const height = root.clientHeight;
  new ForceGraph<{ id: string; fx: number; fy: number }, { source: string; target: string; packets: number }>(root)
    .width(width)
    .height(height)
    .cooldownTicks(0)
    .nodeLabel('id')
    .nodeRelSize(5)
    .linkDirectionalParticles('packets')
    .linkDirectionalParticleSpeed(1000 / 60 / LATENCY)
    .linkDirectionalParticleWidth(5)
    .graphData({
      nodes: nodes.map(({ id }) => ({ id, fx: placed.get(id)!.x - width / 2, fy: placed.get(id)!.y - height / 2 })),
      links: links.map((link) => ({ ...link })),
    })
    .zoom(1)
    .centerAt(0, 0);
}

/** Nodes that are moved in every frame, all at once: it has nothing else that moves. */
function drawWithCytoscape({ nodes, links }: Scene): void {
  const packets = links.flatMap(({ source, target, packets: count }) =>
    Array.from({ length: count }, (_, index) => ({ id: `${source}-${target}-${index}`, from: placed.get(source)!, to: placed.get(target)!, phase: index / count })),
  );
  const graph = cytoscape({
    container: root,
    elements: [
      ...nodes.map(({ id }) => ({ data: { id }, position: { ...placed.get(id)! } })),
      ...links.map(({ source, target }) => ({ data: { source, target } })),
      ...packets.map(({ id, from }) => ({ data: { id }, position: { ...from }, classes: 'packet', grabbable: false, selectable: false })),
    ],
    layout: { name: 'preset', fit: false },
    zoom: 1,
    pan: { x: 0, y: 0 },
    style: [
      { selector: 'node', style: { width: 14, height: 14, label: 'data(id)', 'font-size': 9 } },
      { selector: 'node.packet', style: { width: 5, height: 5, label: '', events: 'no' } },
      { selector: 'edge', style: { width: 1, 'curve-style': 'haystack' } },
    ],
  });
  const dots = packets.map((packet) => ({ ...packet, element: graph.getElementById(packet.id) }));
  const move = (now: number): void => {
    graph.batch(() => {
      for (const { element, from, to, phase } of dots) {
        const way = (now / LATENCY + phase) % 1;
        element.position({ x: from.x + (to.x - from.x) * way, y: from.y + (to.y - from.y) * way });
      }
    });
    requestAnimationFrame(move);
  };
  requestAnimationFrame(move);
}

if (asked.get('peer') === 'cytoscape') drawWithCytoscape(scene);
else drawWithForceGraph(scene);
root.dataset['drag'] = JSON.stringify(placed.get('n0'));
