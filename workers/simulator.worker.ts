import { expose } from 'comlink';
import { builtinScenarios, registry } from './protocols/registry.ts';
import { createSimulator } from './simulator.ts';

/** A page has less to spare than a terminal. Half of this costs more memory, not less: longer replays leave more garbage. */
const KEYFRAME_BUDGET = 128 * 1024 * 1024;

expose(createSimulator(registry, builtinScenarios, KEYFRAME_BUDGET));
