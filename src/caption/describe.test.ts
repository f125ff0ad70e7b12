// The visual specification, "Explaining a step": one sentence and one line of arithmetic for every kind of event.
import { describe as group, expect, test } from 'vitest';
import type { Reel } from '../../workers/contract.ts';
import type { Effect, Input, TapeEvent } from '../../workers/model/event.ts';
import type { Intervention } from '../../workers/model/intervention.ts';
import type { DropReason } from '../../workers/model/packet.ts';
import { defaultDirection, DEFAULT_DETECTION, type LinkSpec } from '../../workers/model/topology.ts';
import type { Frame } from '../simulation/types.ts';
import { english as firstTexts, loadChinese, loadProtocols } from '../i18n/catalogue.ts';
import { slotsOf } from '../i18n/markup.ts';
import { bringProtocols, translate } from '../i18n/text.ts';
import type { Line } from './deeds.ts';
import { describe, describeNext, type Scene } from './describe.ts';

const chinese = await loadChinese();
const protocols = ['link-state', 'dijkstra', 'probe'];
const english = { ...firstTexts, ...(await loadProtocols(protocols)) };
await bringProtocols(protocols);

const link: LinkSpec = { id: 'a-b', ends: ['a', 'b'], directions: [{ ...defaultDirection, loss: 0.1 }, defaultDirection], detection: DEFAULT_DETECTION };
const flight = { link: 'a-b', from: 'a', to: 'b', queuedAt: 0, transmitStart: 0, transmitEnd: 1_000_000, arrive: 5_000_000 };
const sent: Effect = { kind: 'send', packet: 'a.1', to: 'b', link: 'a-b', bytes: 76, message: { kind: 'LSA' }, flight };

function event(number: number, input: Input, rest: Partial<TapeEvent> = {}): TapeEvent {
  return { event: number, time: number * 1_000_000, cause: null, node: 'a', process: 'link-state', input, effects: [], ...rest };
}

const first = event(0, { kind: 'start', reason: 'boot' }, { effects: [sent] });
const reel: Reel = {
  run: 'r', branch: 0, watch: null, nextTime: null, panels: [],
  opening: { event: -1, time: 0, nodes: [], links: [], flights: [], panels: [] },
  events: [first],
};
const frame: Frame = {
  playhead: { event: 2, time: 2_000_000 }, topology: 0, nodes: [], torn: [], current: null, panels: [],
  links: [{ spec: link, state: { cut: [0.5, 0.5], directions: link.directions } }],
  flights: [{ packet: 'a.1', process: 'link-state', to: 'b', bytes: 76, message: { kind: 'LSA' }, flight, sent: 0, head: 0, tail: 0, waiting: false }],
};
const scene: Scene = {
  reel, frame, ttl: 64,
  who: ({ id }) => translate(id === 'scripted' ? 'caption.who.scenario' : 'caption.who.you'),
  label: ({ key, args }) => translate(key, args),
};

const reasons: { readonly [Reason in DropReason]: true } = {
  loss: true, cut: true, queue: true, 'no-route': true, ttl: true, 'receiver-down': true, 'sender-down': true, 'no-process': true, removed: true, hand: true,
};

const deeds: { readonly [Kind in Intervention['kind']]: Extract<Intervention, { kind: Kind }> } = {
  cut: { kind: 'cut', link: 'a-b' },
  restore: { kind: 'restore', link: 'a-b' },
  partition: { kind: 'partition', cuts: [{ link: 'a-b' }, { link: 'b-c' }] },
  heal: { kind: 'heal', links: ['a-b', 'b-c'] },
  'set-link': { kind: 'set-link', link: 'a-b', set: { cost: 7, loss: 0.25 } },
  crash: { kind: 'crash', node: 'a' },
  restart: { kind: 'restart', node: 'a' },
  'set-clock': { kind: 'set-clock', node: 'a', offset: -200_000_000, drift: 500 },
  drop: { kind: 'drop', packet: 'a.1' },
  delay: { kind: 'delay', packet: 'a.1', by: 2_000_000 },
  hold: { kind: 'hold', packet: 'a.1' },
  release: { kind: 'release', packet: 'a.1' },
  duplicate: { kind: 'duplicate', packet: 'a.1' },
  'add-node': { kind: 'add-node', node: { id: 'c', label: 'C' } },
  'remove-node': { kind: 'remove-node', node: 'a' },
  'add-link': { kind: 'add-link', link },
  'remove-link': { kind: 'remove-link', link: 'a-b' },
  request: { kind: 'request', node: 'a', process: 'link-state', request: { get: 'x' } },
  configure: { kind: 'configure', process: 'link-state', set: { helloInterval: 5 } },
};

function intervention(deed: Intervention, applied = true): Input {
  return { kind: 'intervention', intervention: { id: 'i1', at: { time: 0, done: 0, order: 0 }, do: deed }, applied };
}

const inputs: { readonly [Kind in Input['kind']]: readonly Input[] } = {
  start: [{ kind: 'start', reason: 'boot' }, { kind: 'start', reason: 'restart' }],
  receive: [
    { kind: 'receive', packet: 'a.1', from: 'b', link: 'a-b', message: { kind: 'LSA' }, bytes: 76, queueing: 1_000_000, transmission: 2_000_000, propagation: 4_000_000 },
    { kind: 'receive', packet: 'a.1', from: 'a', link: null, message: 'ping', bytes: 0, queueing: 0, transmission: 0, propagation: 0 },
  ],
  timer: [{ kind: 'timer', timer: 'hello' }],
  request: [{ kind: 'request', request: { get: 'x' } }],
  told: [{ kind: 'told', layer: 'config', data: { helloInterval: 5 } }],
  link: [{ kind: 'link', link: 'a-b', up: true, cost: 1 }, { kind: 'link', link: 'a-b', up: false, cost: 1 }],
  hop: [{ kind: 'hop', packet: 'a.1', from: 'a', to: 'b', ttl: 63 }],
  drop: (Object.keys(reasons) as DropReason[]).map((reason) => ({ kind: 'drop', packet: 'a.1', reason, to: 'b', link: 'a-b', position: 0.5 })),
  intervention: [...Object.values(deeds).map((deed) => intervention(deed)), intervention({ kind: 'cut', link: 'a-b', from: 'a' }), intervention({ kind: 'set-clock', node: 'a', drift: -1_000_000 }), intervention({ kind: 'set-clock', node: 'a', drift: 0 }), intervention({ kind: 'crash', node: 'a', disk: 'lost' }), intervention({ kind: 'crash', node: 'a', disk: 'synced' }), intervention(deeds.crash, false)],
};

const every = Object.values(inputs).flat();
const titled = every.map((input, index) => [`${input.kind} ${index}`, input] as const);

/** Texts of a line in both languages, and the slots that nothing fills. */
function written({ key, args }: Line): { readonly texts: readonly (string | undefined)[]; readonly unfilled: readonly string[] } {
  const plural = 'count' in args ? '_other' : '';
  const texts = [english, chinese].map((language) => language[key] ?? language[`${key}${plural}`]);
  return { texts, unfilled: texts.flatMap((text) => (text === undefined ? [] : slotsOf(text).filter((slot) => args[slot] === undefined))) };
}

group('every kind of event', () => {
  test.each(titled)('%s has a sentence, filled, in both languages', (_, input) => {
    const { sentence, why } = describe(event(3, input, { cause: 0 }), scene);
    for (const line of why ? [sentence, why] : [sentence]) {
      expect(written(line).texts).not.toContain(undefined);
      expect(written(line).unfilled).toEqual([]);
    }
  });

  test.each(titled)('%s can be announced as the next one', (_, input) => {
    const line = describeNext(event(3, input, { cause: 2 }), event(2, input), scene);
    expect(written(line).texts).not.toContain(undefined);
    expect(written(line).unfilled).toEqual([]);
  });
});

test('a timer says what it is for, where its protocol has written that', () => {
  const next = describeNext(event(3, { kind: 'timer', timer: 'spf' }), null, scene);
  expect(translate(next.key, next.args)).toBe('a computes its paths');
  const watching = describeNext(event(3, { kind: 'timer', timer: 'dead:a-b' }), null, scene);
  expect(translate(watching.key, watching.args)).toBe('a looks at a-b for silence');
  const unwritten = describeNext(event(3, { kind: 'timer', timer: 'x' }), null, scene);
  expect(translate(unwritten.key, unwritten.args)).toBe('a: its timer x runs out');
});

function said(input: Input, rest: Partial<TapeEvent> = {}): { readonly sentence: string; readonly why: string | null } {
  const { sentence, why } = describe(event(3, input, rest), scene);
  return { sentence: translate(sentence.key, sentence.args), why: why && translate(why.key, why.args) };
}

group('the arithmetic', () => {
  test('of a receipt adds up the three parts of its delay', () => {
    const [input] = inputs.receive;
    expect(said(input!).why).toBe('delay= queueing 1 ms + transmission 2 ms + propagation 4 ms = 7 ms');
  });

  test('of a timer is when it was set, and how long it ran', () => {
    expect(said({ kind: 'timer', timer: 'hello' }, { cause: 0 }).why).toBe('hello= set at 0.0000 s + 3 ms = 0.0030 s');
  });

  test('of a cut counts the packets that have not passed it', () => {
    expect(said(intervention(deeds.cut)).why).toBe('packets on the way there= 1; still before the cut: 1');
  });

  test('of a loss is the share that the link loses', () => {
    expect(said({ kind: 'drop', packet: 'a.1', reason: 'loss', to: 'b', link: 'a-b', position: 0.25 }).why).toBe('loss= 10% of all packets; this one got 25% of the way');
  });
});

group('who did it', () => {
  test('is you, or the scenario where it belongs to that', () => {
    expect(said(intervention(deeds.crash)).sentence).toMatch(/^You crashed a\./);
    const scripted: Input = { kind: 'intervention', intervention: { id: 'scripted', at: { time: 0, done: 0, order: 0 }, do: deeds.crash }, applied: true };
    expect(said(scripted).sentence).toMatch(/^The scenario crashed a\./);
  });

  test('does not matter where it had no effect', () => {
    expect(said(intervention(deeds.crash, false)).sentence).toBe('“Crash a” has no effect here: what it was meant for is gone, or is like that already.');
  });
});

test('a carrier event that an administrator caused tells the new cost', () => {
  const cause = event(0, intervention(deeds['set-link']));
  const withCause: Scene = { ...scene, reel: { ...reel, events: [cause] } };
  const { sentence } = describe(event(1, { kind: 'link', link: 'a-b', up: true, cost: 7 }, { cause: 0 }), withCause);
  expect(translate(sentence.key, sentence.args)).toBe('a is told that a-b now costs 7.');
});

test('a note of the protocol goes before what is said of the input, and the heaviest note before the others', () => {
  const notes: Effect[] = [
    { kind: 'note', key: 'dijkstra.keep', args: { via: 'a', to: 'b', distanceVia: 1, cost: 2, distance: 3, was: 2 } },
    { kind: 'note', key: 'dijkstra.settle', args: { node: 'b', source: 'a', distance: 3, settled: 2, nodes: 5, queued: 1, edges: 2 } },
  ];
  expect(describe(event(3, { kind: 'timer', timer: 'step' }, { effects: notes }), scene).sentence.key).toBe('dijkstra.settle.sentence');
});
