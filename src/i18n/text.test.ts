import { beforeEach, describe, expect, test } from 'vitest';
import { setPreference } from '../stores/preferences.ts';
import { slotText, type Names } from './names.ts';
import { followLanguage, hasText, i18n, onLanguage, translate } from './text.ts';

const names: Names = { node: (id) => ({ n1: 'DNVR', n2: 'KSCY' })[id] ?? id, link: () => 'Denver–Kansas City' };

beforeEach(async () => {
  await i18n.changeLanguage('en');
});

describe('a text', () => {
  test('has its slots filled, its marks taken out, and ids told by their names', () => {
    expect(translate('caption.receive', { node: 'n1', from: 'n2', message: 'LSA' }, names)).toBe('DNVR receives LSA from KSCY.');
  });

  test('never makes markup of what stands in a slot', () => {
    expect(translate('caption.request', { node: '<b>x</b>', request: '<h>{node}</h>' })).toBe('<b>x</b> gets a request from a client: <h>{node}</h>.');
  });

  test('has a singular of its own in English, and none in Chinese', async () => {
    expect(translate('deed.partition', { count: 1 })).toBe('Cut 1 link');
    expect(translate('deed.partition', { count: 3 })).toBe('Cut 3 links');
    await followLanguage();
    setPreference('language', 'zh');
    await new Promise<void>((changed) => i18n.on('languageChanged', () => changed()));
    expect(translate('deed.partition', { count: 1 })).toBe('切断 1 条链路');
  });

  test('of a problem comes when it is first wanted', async () => {
    const come = new Promise<void>((resolve) => {
      const stop = onLanguage(() => {
        stop();
        resolve();
      });
    });
    expect(translate('file.empty')).toBe('');
    await come;
    expect(translate('file.empty')).toBe('The file is empty; a graph, a scenario or a recording is expected.');
  });

  test('that does not exist is known not to', () => {
    expect(hasText('caption.receive')).toBe(true);
    expect(hasText('caption.nothing-of-the-kind')).toBe(false);
  });
});

describe('what stands in a slot', () => {
  test('shows itself when it is missing, so that it is found', () => {
    expect(slotText('via', {}, names)).toBe('{via}');
  });

  test('is a list of names where it holds several nodes', () => {
    expect(slotText('nodes', { nodes: ['n1', 'n2'] }, names)).toBe('DNVR, KSCY');
  });

  test('is a number with as many digits as a person reads', () => {
    expect(['took', 'count'].map((slot) => slotText(slot, { took: 178.49939, count: 65_535 }, names))).toEqual(['178.5', '65535']);
  });

  test('is a link by the places that it joins', () => {
    expect(slotText('link', { link: 'l7' }, names)).toBe('Denver–Kansas City');
  });
});
