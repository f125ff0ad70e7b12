import { expose } from 'comlink';
import { builtinScenarios, registry } from './protocols/registry.ts';
import { createSimulator } from './simulator.ts';

/**
 * A page has less to spare than a terminal: its engine lets garbage grow to four times what is kept. Much less than this costs
 * more memory, not less: of the largest network one keyframe is three quarters of it, and without some between, replays are long.
 */
const KEYFRAME_BUDGET = 104 * 1024 * 1024;

expose(createSimulator(registry, builtinScenarios, KEYFRAME_BUDGET));
