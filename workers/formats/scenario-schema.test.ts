// The published JSON Schema of scenarios is made of the schema that is validated with: CONTRACT.md, "Files".
import { readFileSync, writeFileSync } from 'node:fs';
import { toJsonSchema } from '@valibot/to-json-schema';
import { expect, test } from 'vitest';
import { scenarioSchema } from './scenario-schema.ts';

const file = new URL('../../public/schema/scenario.schema.json', import.meta.url);

test('public/schema/scenario.schema.json says what scenario-schema.ts says (NETSPLIT_WRITE=1 writes it)', () => {
  const schema = toJsonSchema(scenarioSchema, {
    target: 'draft-2020-12',
    // JSON has no infinite numbers.
    ignoreActions: ['finite'],
    // Any JSON value: what a protocol's configuration or request holds is the protocol's to say.
    overrideSchema: ({ valibotSchema }) => (valibotSchema.type === 'custom' ? {} : undefined),
  });
  const text = `${JSON.stringify({ title: 'Netsplit scenario', ...schema }, null, 2)}\n`;
  if (process.env['NETSPLIT_WRITE'] === '1') writeFileSync(file, text);
  expect(readFileSync(file, 'utf8')).toBe(text);
});
