// `npm run bench`: bundles the benchmarks when they changed and runs them by plain Node. Arguments name the parts.
import { bundled } from './bundle.js';

const { bench, benchParts } = await import(await bundled('bench'));
const chosen = process.argv.slice(2);
const unknown = chosen.find((name) => !benchParts.includes(name));
if (unknown === undefined) bench(chosen, console.log);
else {
  console.error(`There is no part ${unknown}: ${benchParts.join(', ')} are expected`);
  process.exitCode = 2;
}
