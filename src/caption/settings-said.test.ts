// What a person set is said by its name and in the unit that reads best (visual specification, section 6).
import { describe, expect, test } from 'vitest';
import type { Intervention } from '../../workers/model/intervention.ts';
import type { JsonObject } from '../../workers/model/json.ts';
import { plainNames } from '../i18n/names.ts';
import { bringProtocols, translate } from '../i18n/text.ts';
import { deedSentence, deedText } from './deeds.ts';

await bringProtocols(['balance']);

const set = (values: JsonObject, node?: string): Intervention => ({ kind: 'configure', ...(node !== undefined && { node }), process: 'balance', set: values });
const said = (deed: Intervention): string => {
  const { key, args } = deedSentence(deed, 'You');
  return translate(key, args);
};

describe('a setting', () => {
  test.each([
    [set({ policy: 'smooth-wrr' }, 'LB'), 'You set the policy to Smooth weighted round-robin (nginx). What follows is computed anew.'],
    [set({ weights: [5, 1, 0.5] }), 'You set the weights to 5, 1, 0.5. What follows is computed anew.'],
    [set({ attemptTimeout: 250_000_000 }), 'You set the timeout of an attempt to 250 ms. What follows is computed anew.'],
    [set({ sticky: true }), 'You set the sticky sessions to on. What follows is computed anew.'],
    [set({ draining: [] }, 'LB'), 'You set the draining servers to nobody. What follows is computed anew.'],
    [set({ failing: ['S3'] }, 'S3'), 'You let S3 answer every request with an error. What follows is computed anew.'],
    [set({ failing: [] }, 'S3'), 'You let S3 serve again. What follows is computed anew.'],
    [set({ rate: 200, burst: 3 }), 'You set rate = 200, burst = 3 for balance. What follows is computed anew.'],
    [set({ unheardOf: 7 }), 'You set unheardOf = 7 for balance. What follows is computed anew.'],
  ])('%j', (deed, sentence) => {
    expect(said(deed)).toBe(sentence);
  });

  test('labels its branch and its undo', () => {
    expect(deedText(set({ rate: 2000 }), plainNames)).toBe('Set the arrival rate of all (a second) to 2,000');
    expect(deedText(set({ failing: ['S3'] }, 'S3'), plainNames)).toBe('Let S3 fail');
  });
});
