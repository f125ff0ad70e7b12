import { describe, expect, test } from 'vitest';
import { readScenario } from '../formats/scenario.ts';
import { applySettings } from '../formats/settings.ts';
import { tableGet, tableKeys } from '../model/table.ts';
import { MILLISECOND, SECOND } from '../model/time.ts';
import type { JsonObject } from '../model/json.ts';
import { builtinScenarios, registry } from './registry.ts';
import { at, metric, run, violations } from './routing/testing/run.ts';

const named = (id: string) => builtinScenarios.find((scenario) => scenario.id === id)!;
const costs = (id: string): string[] => named(id).topology.links.map(({ ends, directions }) => `${[...ends].sort().join('–')} ${directions[0].cost}`).sort();

describe.each(builtinScenarios.map((scenario) => [scenario.id, scenario] as const))('%s', (id, scenario) => {
  test('is a valid scenario file', () => {
    const document = JSON.parse(JSON.stringify(scenario)) as JsonObject;
    expect(readScenario(document, registry)).toEqual(scenario);
  });

  test('says in both languages what to watch and what to try first', () => {
    const { en, zh } = scenario.text;
    for (const part of ['title', 'watch', 'try'] as const) {
      expect(en[part]).not.toMatch(/\p{Script=Han}/u);
      expect(zh[part]).toMatch(/\p{Script=Han}/u);
      expect(zh[part]).not.toMatch(/\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Script=Han}/u);
    }
  });

  test('runs to its horizon without a violation; a network of routers comes to rest', () => {
    const done = run(scenario, scenario.horizon);
    expect(violations(done)).toEqual([]);
    // A client may go on asking to the end.
    expect(done.kernel.world.settledAt === null && scenario.family === 'routing').toBe(false);
  });

  test('opens within its horizon; what is selected then is a node of its own', () => {
    expect(scenario.opening.time).toBeLessThan(scenario.horizon);
    const { select } = scenario.opening;
    expect(select === undefined || scenario.topology.nodes.some(({ id: node }) => node === select)).toBe(true);
  });

  test('its parameters set what the protocols know', () => {
    for (const parameter of scenario.parameters) {
      for (const { protocol, config } of parameter.sets) {
        expect(Object.keys(registry.find((entry) => entry.protocol.name === protocol)!.defaults)).toContain(config);
      }
      expect(() => applySettings(scenario, { set: { [parameter.name]: parameter.default } }, registry)).not.toThrow();
    }
  });

  test('its id begins with its family', () => expect(id === scenario.family || id.startsWith(`${scenario.family}-`)).toBe(true));
});

test('the first is Abilene, and no id comes twice', () => {
  expect(builtinScenarios[0]?.id).toBe('routing-abilene');
  expect(new Set(builtinScenarios.map(({ id }) => id)).size).toBe(builtinScenarios.length);
});

test('Abilene 2004 has its 14 IGP metrics as commonly cited, and says so', () => {
  const metrics =
    'ATLA–HSTN 1176, ATLA–IPLS 587, ATLA–WASH 846, CHIN–IPLS 260, CHIN–NYCM 700, DNVR–KSCY 639, DNVR–SNVA 1295, DNVR–STTL 2095, HSTN–KSCY 902, HSTN–LOSA 1893, IPLS–KSCY 548, LOSA–SNVA 366, NYCM–WASH 233, SNVA–STTL 861';
  expect(costs('routing-abilene')).toEqual(metrics.split(', ').sort());
  expect(named('routing-abilene').topology.nodes).toHaveLength(11);
  expect(named('routing-abilene').text.en.watch).toContain('as commonly cited');
});

test('NSFNET has 14 nodes and 21 links, the ARPANET of 1969 four and four at 50 kb/s', () => {
  expect([named('routing-nsfnet').topology.nodes.length, costs('routing-nsfnet').length]).toEqual([14, 21]);
  expect([named('routing-arpanet-1969').topology.nodes.length, costs('routing-arpanet-1969').length]).toEqual([4, 4]);
  expect(new Set(named('routing-arpanet-1969').topology.links.map((link) => link.directions[0].bandwidth))).toEqual(new Set([50_000]));
});

test('in Abilene, Denver–Kansas City is cut: Denver becomes the long way round for Indianapolis, and the probes come through again', () => {
  const cut = named('routing-abilene').opening.time + 200 * MILLISECOND;
  const done = run(named('routing-abilene'), cut + 20 * SECOND, [at(cut, { kind: 'cut', link: 'DNVR-KSCY' })]);
  const routes = done.kernel.look.routes('IPLS');
  const cost = (to: string): number | undefined => tableGet(routes, to)?.cost;
  // By hand: IPLS–KSCY 548, KSCY–HSTN 902, HSTN–LOSA 1893, LOSA–SNVA 366, SNVA–DNVR 1295, SNVA–STTL 861.
  expect([cost('LOSA'), cost('SNVA'), cost('DNVR'), cost('STTL')]).toEqual([3343, 3709, 5004, 4570]);
  expect(tableGet(routes, 'DNVR')?.next).toEqual([{ link: 'IPLS-KSCY', node: 'KSCY' }]);
  // Detection 10 ms, flooding, and the back-off's initial 50 ms and short 200 ms.
  expect(metric(done, 'convergenceTimeMs')).toBeLessThan(300);
  expect(metric(done, 'probesLost')).toBeGreaterThan(0);
  expect(metric(done, 'probesLost')).toBeLessThan(40);
  expect(violations(done)).toEqual([]);
});

test('in the grid most destinations have two next hops', () => {
  const routes = run(named('routing-grid'), SECOND).kernel.look.routes('r11');
  const doubled = tableKeys(routes).filter((to) => tableGet(routes, to)!.next.length === 2);
  expect(doubled).toEqual(['r22', 'r23', 'r24', 'r32', 'r33', 'r34', 'r42', 'r43', 'r44']);
});
