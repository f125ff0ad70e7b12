/** The names of the lifelines: real buttons beside the canvas, one of which the keyboard can reach. */
import type { NodeId } from '../../workers/model/topology.ts';
import { turned, type Plan } from './plan.ts';

export type LifelineWords = {
  /** What is written. */
  readonly label: string;
  /** The accessible name: with what the node is just now. */
  readonly name: string;
};

export type Lifelines = {
  draw(plan: Plan, wordsOf: (node: NodeId) => LifelineWords, followed: NodeId | null): void;
  /** Moves the focus to the next lifeline. */
  walk(direction: 1 | -1): NodeId | null;
  /** The lifeline that has the focus. */
  focused(): NodeId | null;
};

export type LifelineActs = {
  readonly follow: (node: NodeId) => void;
  /** Lights a node while its lifeline is pointed at or has the focus. */
  readonly light: (node: NodeId | null) => void;
};

export function mountLifelines(parent: HTMLElement, { follow, light }: LifelineActs): Lifelines {
  const buttons = new Map<NodeId, HTMLButtonElement>();
  let order: readonly NodeId[] = [];
  let entrance: NodeId | null = null;

  const make = (node: NodeId): HTMLButtonElement => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'lifeline';
    button.dataset['node'] = node;
    button.addEventListener('click', () => follow(node));
    button.addEventListener('focus', () => {
      entrance = node;
      reach();
      light(node);
    });
    button.addEventListener('blur', () => light(null));
    button.addEventListener('pointerenter', () => light(node));
    button.addEventListener('pointerleave', () => light(null));
    parent.append(button);
    return button;
  };
  /** One is reached by Tab, the others by arrows. */
  const reach = (): void => {
    for (const [node, button] of buttons) button.tabIndex = node === entrance ? 0 : -1;
  };

  return {
    draw(plan, wordsOf, followed) {
      order = plan.order.nodes;
      if (entrance === null || !plan.laneOf.has(entrance)) entrance = order[0] ?? null;
      for (const [node, button] of buttons) {
        if (plan.laneOf.has(node)) continue;
        button.remove();
        buttons.delete(node);
      }
      order.forEach((node, lane) => {
        const across = plan.places[lane]!;
        const seen = across >= plan.across.start - 1 && across <= plan.across.end + 1;
        const known = buttons.get(node);
        // In a large network only what is in view has a button, and what the keyboard is on.
        if (!seen && node !== entrance && !known?.matches(':focus')) {
          known?.remove();
          buttons.delete(node);
          return;
        }
        const button = known ?? make(node);
        buttons.set(node, button);
        write(button, plan, across, wordsOf(node), node === followed, seen);
      });
      reach();
    },
    walk(direction) {
      const at = order.indexOf(entrance ?? '');
      const next = order[Math.min(order.length - 1, Math.max(0, at + direction))];
      if (next === undefined) return null;
      entrance = next;
      const button = buttons.get(next) ?? make(next);
      buttons.set(next, button);
      reach();
      button.focus({ preventScroll: true });
      return next;
    },
    focused: () => [...buttons].find(([, button]) => button.matches(':focus'))?.[0] ?? null,
  };
}

/** Nearer to each other than this (px), names are written smaller. */
const TIGHT = 15;

function write(button: HTMLButtonElement, plan: Plan, across: number, { label, name }: LifelineWords, followed: boolean, seen: boolean): void {
  const [first = 0, second = Infinity] = plan.places;
  button.classList.toggle('tight', !plan.vertical && second - first < TIGHT);
  const [x, y] = turned(plan.vertical, 0, across);
  const transform = plan.vertical ? `translate(${x.toFixed(1)}px, 0) translateX(-50%)` : `translate(0, ${y.toFixed(1)}px) translateY(-50%)`;
  if (button.style.transform !== transform) button.style.transform = transform;
  if (button.textContent !== label) button.textContent = label;
  if (button.ariaLabel !== name) button.ariaLabel = name;
  if (button.ariaPressed !== String(followed)) button.ariaPressed = String(followed);
  const visibility = seen ? '' : 'hidden';
  if (button.style.visibility !== visibility) button.style.visibility = visibility;
}
