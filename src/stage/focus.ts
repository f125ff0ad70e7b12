import type { Selection } from '../simulation/types.ts';
import type { LinkId, NodeId } from '../../workers/model/topology.ts';

/** Where the marks are that can have the keyboard. */
export type Focusable = {
  readonly node: (id: NodeId) => SVGElement | undefined;
  readonly link: (id: LinkId) => SVGElement | undefined;
  readonly packetButton: HTMLButtonElement;
};

/** Who has the keyboard. The stage is one stop of Tab: the node at which it was left. */
export type Focus = {
  readonly target: Selection | null;
  /** The same, if it came by a key: only then it is shown. */
  readonly shown: Selection | null;
  give(target: Selection): void;
  /** Makes a node the one at which Tab comes in. */
  enterAt(node: NodeId | null): void;
  /** The node at which Tab comes in. */
  readonly entrance: NodeId | null;
  /** The packet that had the keyboard has arrived: its place is empty, and the person goes on at the last node. */
  packetGone(): void;
  destroy(): void;
};

/** Follows the keyboard through the marks. `changed` is called whenever another one has it. */
export function mountFocus(root: HTMLElement, marks: Focusable, changed: () => void): Focus {
  let target: Selection | null = null;
  let visible = false;
  let entrance: NodeId | null = null;
  const listening = new AbortController();

  const enterAt = (node: NodeId | null): void => {
    if (node !== entrance && entrance !== null) marks.node(entrance)?.setAttribute('tabindex', '-1');
    entrance = node;
    if (node !== null) marks.node(node)?.setAttribute('tabindex', '0');
  };

  root.addEventListener('focusin', (event) => {
    const element = event.target instanceof Element ? event.target : null;
    target = element && targetOf(element);
    visible = element?.matches(':focus-visible') ?? false;
    if (target?.kind === 'node') enterAt(target.id);
    changed();
  }, { signal: listening.signal });

  root.addEventListener('focusout', (event) => {
    // Where the focus only goes on within the stage, what takes it says so.
    if (event.relatedTarget instanceof Node && root.contains(event.relatedTarget)) return;
    target = null;
    changed();
  }, { signal: listening.signal });

  return {
    get target() {
      return target;
    },
    get shown() {
      return visible ? target : null;
    },
    get entrance() {
      return entrance;
    },
    give(next) {
      if (next.kind === 'packet') {
        // Its button has to be there before it can be focused.
        target = next;
        visible = true;
        changed();
        marks.packetButton.focus({ preventScroll: true });
      } else marks[next.kind](next.id)?.focus({ preventScroll: true });
    },
    enterAt,
    packetGone() {
      target = null;
      if (document.activeElement === marks.packetButton && entrance !== null) marks.node(entrance)?.focus({ preventScroll: true });
    },
    destroy: () => listening.abort(),
  };
}

function targetOf(element: Element): Selection | null {
  const node = element.closest<SVGElement>('[data-node]')?.dataset['node'];
  if (node !== undefined) return { kind: 'node', id: node };
  const link = element.closest<SVGElement>('[data-link]')?.dataset['link'];
  if (link !== undefined) return { kind: 'link', id: link };
  const packet = element.closest<HTMLElement>('.packetbtn')?.dataset['packet'];
  return packet === undefined ? null : { kind: 'packet', id: packet };
}
