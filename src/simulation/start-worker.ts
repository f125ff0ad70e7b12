/** Starts the simulator in a worker of its own. */
export function startWorker(name: string): Worker {
  return new Worker(new URL('../../workers/simulator.worker.ts', import.meta.url), { type: 'module', name });
}
