import { expect, test } from 'vitest';
import { BYTES_MAX } from '../../workers/formats/decode.ts';
import { LINKS_MAX, NODES_MAX } from '../../workers/formats/graph.ts';
import { limits } from './limits.ts';

// The page may not know the formats; what it says of their limits must still be true.
test('the limits that are said are those that are kept', () => {
  expect(limits).toEqual({ bytes: BYTES_MAX, nodes: NODES_MAX, links: LINKS_MAX });
});
