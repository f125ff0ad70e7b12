// The large networks of the golden tables; Kdl has 754 routers and 567,762 routes.
import { describe, expect, test } from 'vitest';
import { judgedRoutes } from './testing/check-routes.ts';
import { goldenOf, networks } from './testing/zoo.ts';

const large = networks.filter((name) => goldenOf(name).n > 60);

describe.skipIf(large.length === 0)('the Internet Topology Zoo', () => {
  test.each(large)('%s: Dijkstra, all sources', { timeout: 300_000 }, async (name) => {
    const { found, expected } = await judgedRoutes(name, 'dijkstra');
    expect(found).toEqual(expected);
  });

  test.each(large)('%s: Link-State', { timeout: 600_000 }, async (name) => {
    const { found, expected } = await judgedRoutes(name, 'link-state');
    expect(found).toEqual(expected);
  });
});
