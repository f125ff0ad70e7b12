// `npm run bench`: bundles the benchmarks when they changed and runs them by plain Node. Arguments are passed on.
import { bundled } from './bundle.js';

await import(await bundled('bench'));
