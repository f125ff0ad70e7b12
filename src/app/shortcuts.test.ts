import { describe, expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { BranchInfo } from '../../workers/contract.ts';
import { nextSpeed } from '../simulation/speeds.ts';
import type { Player, Session, SessionState } from '../simulation/types.ts';
import { shortcutOf } from './shortcuts.ts';

const branch = (number: number): BranchInfo => ({ branch: number, parent: null, forkEvent: 0, forkTime: 0, edit: null, interventions: [] });

/** A session of which only what keys touch is there; it writes down what is asked of it. */
class Bench {
  readonly calls: (readonly unknown[])[] = [];
  readonly store;

  constructor(state: Partial<SessionState> = {}) {
    const start: Partial<SessionState> = { selection: null, speed: 1, playing: false, index: null, drawer: 'closed', branches: [branch(0), branch(4)], info: { charts: false } as SessionState['info'], ...state };
    this.store = createStore(() => start as SessionState);
  }

  private spy(name: string) {
    return (...given: readonly unknown[]): void => {
      this.calls.push([name, ...given]);
    };
  }

  /** @returns whether the key did something. */
  press(key: string, besides: Partial<KeyboardEvent> = {}, singleKeys = true): boolean {
    const player: Partial<Player> = { step: this.spy('step'), play: this.spy('play'), pause: this.spy('pause'), seekMark: this.spy('seekMark'), seekEvent: this.spy('seekEvent') };
    const session: Partial<Session> = { player: player as Player, store: this.store, undo: this.spy('undo'), redo: this.spy('redo'), switchBranch: this.spy('switchBranch') };
    const event = { key, code: '', shiftKey: false, metaKey: false, ctrlKey: false, altKey: false, target: null, ...besides };
    const actions = { session: session as Session, toggleTable: this.spy('toggleTable'), goTo: this.spy('goTo'), fork: this.spy('fork') };
    const act = shortcutOf(event, singleKeys, actions);
    act?.();
    return act !== null;
  }
}

/** Something with the focus, inside what one selector names. */
class Focused extends EventTarget {
  private readonly inside: string;

  constructor(inside: string) {
    super();
    this.inside = inside;
  }

  closest(selector: string): this | null {
    return selector.split(', ').includes(this.inside) ? this : null;
  }
}

describe('keys of time', () => {
  test('Space plays and pauses', () => {
    const still = new Bench();
    still.press(' ');
    expect(still.calls).toEqual([['play']]);
    const playing = new Bench({ playing: true });
    playing.press(' ');
    expect(playing.calls).toEqual([['pause']]);
  });

  test('← and → are one event, with ⇧ one of the selected node', () => {
    const made = new Bench({ selection: { kind: 'node', id: 'n1' } });
    made.press('ArrowLeft');
    made.press('ArrowRight');
    made.press('ArrowRight', { shiftKey: true });
    expect(made.calls).toEqual([
      ['step', -1, undefined],
      ['step', 1, undefined],
      ['step', 1, 'n1'],
    ]);
  });

  test('[ and ] go to marks, Home to the beginning', () => {
    const made = new Bench();
    for (const key of ['[', ']', 'Home']) made.press(key);
    expect(made.calls).toEqual([
      ['seekMark', -1],
      ['seekMark', 1],
      ['seekEvent', -1],
    ]);
  });

  test('− and = go through the speeds', () => {
    const made = new Bench({ speed: 0.1 });
    made.press('=');
    expect(made.store.getState().speed).toBe(0.2);
    made.press('-');
    made.press('-');
    expect(made.store.getState().speed).toBe(0.05);
    expect([nextSpeed(100, 1), nextSpeed(0.001, -1), nextSpeed('even', 1), nextSpeed(0.03, 1)]).toEqual([100, 'even', 0.001, 0.05]);
  });

  test('digits go to branches in the order in which they were made', () => {
    const made = new Bench();
    made.press('2', { code: 'Digit2' });
    expect(made.calls).toEqual([['switchBranch', 4]]);
    expect(made.press('3', { code: 'Digit3' })).toBe(false);
  });

  test('G, F, S and T open what they name', () => {
    const made = new Bench();
    for (const key of ['g', 'f', 's', 't']) made.press(key);
    expect(made.calls).toEqual([['goTo'], ['fork'], ['toggleTable']]);
    expect(made.store.getState().drawer).toBe('spacetime');
  });

  test('undo and redo are with ⌘ or Ctrl, also where single keys are off', () => {
    const made = new Bench();
    made.press('z', { ctrlKey: true }, false);
    made.press('Z', { metaKey: true, shiftKey: true }, false);
    expect(made.calls).toEqual([['undo'], ['redo']]);
  });

  test('single keys do nothing where they are turned off, nor together with ⌘, Ctrl or Alt', () => {
    const made = new Bench();
    for (const key of [' ', 'ArrowRight', 'g', 's', '[']) expect(made.press(key, {}, false)).toBe(false);
    for (const modifier of ['metaKey', 'ctrlKey', 'altKey']) expect(made.press('g', { [modifier]: true })).toBe(false);
  });

  test('in fields and menus keys are theirs, undo of a text included; Space presses a button', () => {
    const made = new Bench();
    for (const inside of ['textarea', '[role=menu]', 'dialog']) expect(made.press('ArrowLeft', { target: new Focused(inside) })).toBe(false);
    expect(made.press('z', { ctrlKey: true, target: new Focused('textarea') })).toBe(false);
    expect(made.press(' ', { target: new Focused('button') })).toBe(false);
    expect(made.press('ArrowLeft', { target: new Focused('button') })).toBe(true);
  });
});
