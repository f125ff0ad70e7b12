// Share links: a recording in the part of an address that stays in the browser. Whatever comes in is untrusted.
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Recording } from '../contract.ts';
import { builtinScenarios, registry } from '../protocols/registry.ts';
import { InputError } from './input-error.ts';
import { applySettings } from './settings.ts';
import { LINK_LENGTH_MAX, readLink, UNPACKED_MAX, writeLink } from './share.ts';

const abilene = builtinScenarios.find((scenario) => scenario.id === 'routing-abilene')!;
const at = { time: 12_000_000_000, done: 0, order: 0 };

function recordingOf(change: Partial<Recording> = {}): Recording {
  const scenario = applySettings(abilene, { seed: 9, bugs: ['flood-without-sequence'] }, registry);
  const branches = [{ parent: 0, edit: { kind: 'add', id: 'i1', at, do: { kind: 'crash', node: 'DNVR' } } }] as const;
  return { netsplit: 2, scenario, seed: 9, interventions: abilene.interventions, branches, branch: 1, playhead: 300, behaviours: { 'link-state': 1, probe: 1 }, events: 400, digest: 'ab'.repeat(32), ...change };
}

const read = (link: string) => readLink(link, builtinScenarios, registry);
const coded = (document: unknown): string => `#/x?r=${deflateSync(typeof document === 'string' ? document : JSON.stringify(document)).toString('base64url')}`;

/** The sentence for what is wrong with a link. */
async function complaint(link: string): Promise<string> {
  const error: unknown = await read(link).then(() => null, (reason: unknown) => reason);
  if (!(error instanceof InputError)) throw new Error(`It was read, or broke: ${String(error)}`);
  return error.message;
}

describe('a recording', () => {
  test('comes back from its link, also inside a whole address', async () => {
    const link = await writeLink(recordingOf(), builtinScenarios);
    expect(link).toMatch(/^#\/routing-abilene\?r=[A-Za-z0-9_-]+$/);
    expect(await read(link ?? '')).toEqual(recordingOf());
    expect(await read(`  https://example.org/netsplit/${link}\n`)).toEqual(recordingOf());
  });

  test('of a built-in scenario says only what differs: some hundred characters', async () => {
    const link = await writeLink(recordingOf(), builtinScenarios);
    expect(link?.length).toBeLessThan(600);
    // What is read has its keys in another order, and is as short again.
    const again = await writeLink(await read(link ?? ''), builtinScenarios);
    expect(again?.length).toBeLessThan(600);
  });

  test('of a file carries the whole scenario', async () => {
    const own = recordingOf({ scenario: { ...recordingOf().scenario, id: 'my-own' } });
    const link = await writeLink(own, builtinScenarios);
    expect(link).toMatch(/^#\/my-own\?r=/);
    expect(await read(link ?? '')).toEqual(own);
  });

  test('that is too long for a link has none; nothing is cut off', async () => {
    const crashes = Array.from({ length: 3_000 }, (_, order) => ({ id: `i${order}`, at: { time: order * 7919, done: 0, order }, do: { kind: 'crash', node: abilene.topology.nodes[order % 11]!.id } as const }));
    expect(await writeLink(recordingOf({ interventions: crashes }), builtinScenarios)).toBeNull();
    const fits = await writeLink(recordingOf({ interventions: crashes.slice(0, 300) }), builtinScenarios);
    expect(fits?.length).toBeLessThanOrEqual(LINK_LENGTH_MAX);
  });
});

describe('what cannot be read is told by its part', () => {
  test.each([
    ['', 'This address holds no recording; a share link looks like #/SCENARIO?r=….'],
    ['#/routing-abilene?r=', 'This address holds no recording; a share link looks like #/SCENARIO?r=….'],
    ['#/routing-abilene?r=ab%20cd', 'The recording in the link: character 3 is "%", which no such link holds.'],
    ['#/routing-abilene?r=abcde', 'The recording in the link is incomplete or was changed.'],
    ['#/routing-abilene?r=abcd', 'The recording in the link is incomplete or was changed.'],
    [coded('{"netsplit"'), 'Line 1, column 12: the JSON ends too early.'],
    [coded([]), 'The recording in the link does not say which scenario it is of.'],
    [coded({ netsplit: 2 }), 'The recording in the link does not say which scenario it is of.'],
    [coded({ ...recordingOf(), playhead: 'x' }), 'playhead is "x"; expected number.'],
    [coded({ ...recordingOf(), scenario: { id: 'routing-abilene', seed: -1 } }), 'scenario.seed is -1; a whole number, zero or more, is expected.'],
    [coded('{"__proto__": {"scenario": {"id": "routing-abilene"}}}'), 'The recording in the link does not say which scenario it is of.'],
  ])('%.60s', async (link, sentence) => {
    expect(await complaint(link)).toBe(sentence);
  });

  test('a link that was cut off or has one wrong character', async () => {
    const link = (await writeLink(recordingOf(), builtinScenarios)) ?? '';
    const from = link.indexOf('=') + 1;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: from + 1, max: link.length - 1 }), fc.boolean(), async (place, cutOff) => {
        const other = link[place] === 'A' ? 'B' : 'A';
        const damaged = cutOff ? link.slice(0, place) : `${link.slice(0, place)}${other}${link.slice(place + 1)}`;
        // The last character of a code may hold bits that say nothing.
        const result = await read(damaged).catch((error: unknown) => error);
        expect(result instanceof InputError || JSON.stringify(result) === JSON.stringify(recordingOf())).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test('a few kilobytes that unpack to far more are not unpacked', async () => {
    const bomb = coded(`"${'x'.repeat(10 * UNPACKED_MAX)}"`);
    expect(bomb.length).toBeLessThan(100_000);
    expect(await complaint(bomb)).toBe('The recording in the link holds more than 4000000 bytes when it is unpacked; that much is not read.');
  });
});
