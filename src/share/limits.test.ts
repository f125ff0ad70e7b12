import { expect, test } from 'vitest';
import { LINK_LENGTH_MAX as written } from '../../workers/formats/share.ts';
import { LINK_LENGTH_MAX } from './limits.ts';

test('the page tells the limit that the worker keeps', () => {
  expect(LINK_LENGTH_MAX).toBe(written);
});
