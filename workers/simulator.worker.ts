import { expose } from 'comlink';
import { builtinScenarios, registry } from './protocols/registry.ts';
import { createSimulator } from './simulator.ts';

expose(createSimulator(registry, builtinScenarios));
