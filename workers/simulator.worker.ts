import { expose } from 'comlink';
import { builtinScenarios, registry } from './protocols/registry.ts';
import { createSimulator } from './simulator.ts';

/** A page has less to spare than a terminal, and its engine lets garbage grow to a multiple of what is kept. */
const KEYFRAME_BUDGET = 48 * 1024 * 1024;

expose(createSimulator(registry, builtinScenarios, KEYFRAME_BUDGET));
