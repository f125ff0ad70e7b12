import { expect, test } from 'vitest';
import { linkToBoth, parseRoute, scenarioHash } from './route.ts';

test('without an address a real network runs', () => {
  expect(parseRoute('')).toEqual({ kind: 'scenario', id: 'routing-abilene' });
});

test('the brand’s address is the gallery', () => {
  expect(parseRoute('#/')).toEqual({ kind: 'gallery' });
});

test('a scenario is named by its id, whatever letters it has', () => {
  for (const id of ['routing-ring', 'Größe 1', '路由/环', '100%']) expect(parseRoute(scenarioHash(id))).toEqual({ kind: 'scenario', id });
});

test('what follows a question mark is a run that was shared', () => {
  expect(parseRoute('#/routing-ring?r=eJw')).toEqual({ kind: 'link', id: 'routing-ring', link: '#/routing-ring?r=eJw' });
});

test('a link to two runs holds the code of each', () => {
  const link = linkToBoth('#/balance-herd?r=eJw-1', '#/balance-herd?r=eJw_2');
  expect(link).toBe('#/balance-herd?b=eJw_2&r=eJw-1');
  expect(parseRoute(link)).toEqual({ kind: 'link', id: 'balance-herd', link, beside: '#/balance-herd?r=eJw_2' });
});

test('a damaged address names a scenario that there is not', () => {
  expect(parseRoute('#/%E0%A4%A')).toEqual({ kind: 'scenario', id: '%E0%A4%A' });
});
