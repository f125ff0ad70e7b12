import type { Process } from './persistence.ts';
import type { Told } from './state.ts';

/** Tells the process above, if there is one. */
export function tellAbove(self: Process, told: Told): void {
  if (self.config.stateMachine !== '') self.tell(self.config.stateMachine, told);
}
