/** The judgement of a long history: clients of a store whose servers crash every second. */
import { History, historyEventOf, judgeHistory, verdictOf } from '../checks/history.ts';
import { applySettings } from '../formats/settings.ts';
import { Kernel } from '../kernel/kernel.ts';
import type { AddressedIntervention } from '../model/intervention.ts';
import { MILLISECOND, SECOND } from '../model/time.ts';
import { chaos } from '../protocols/consensus/scenarios/chaos.ts';
import { happens, serversOf } from '../protocols/consensus/scenarios/build.ts';
import { registry } from '../protocols/registry.ts';
import { race } from './measure.ts';
import { goal, table } from './table.ts';

const OPERATIONS = 10_000;
const CLIENTS = 3;
const HORIZON = 300 * SECOND;
const ROUNDS = 9;
const TIME_MAX = 1000;

/** One server after the other crashes and comes back, so that operations are asked again, and some are given up. */
function crashes(): AddressedIntervention[] {
  const servers = serversOf(5);
  return Array.from({ length: HORIZON / SECOND - 1 }, (_item, index) => {
    const time = (index + 1) * SECOND;
    const node = servers[index % servers.length]!;
    return [happens(`crash-${index}`, time, { kind: 'crash', node }), happens(`restart-${index}`, time + 700 * MILLISECOND, { kind: 'restart', node })];
  }).flat();
}

function history(): History {
  const scenario = applySettings(chaos, { set: { requests: Math.ceil(OPERATIONS / CLIENTS), requestTimeout: 60 * MILLISECOND } }, registry);
  // Only the history is wanted.
  const entries = registry.map((entry) => ({ ...entry, invariants: [], metrics: [] }));
  const kernel = new Kernel({ scenario, seed: 1, registry: entries, interventions: crashes() });
  const made = new History();
  for (let event = kernel.step(HORIZON); event && made.operations.length <= OPERATIONS; event = kernel.step(HORIZON)) {
    for (const effect of event.effects) {
      const said = effect.kind === 'note' ? historyEventOf(effect.key, effect.args, event.time) : null;
      if (said) made.add(said);
    }
  }
  return made;
}

/** The table: one row, because there is one history. */
export function benchLinearizability(): string {
  const operations = history().operations.slice(0, OPERATIONS);
  const judged = judgeHistory(operations);
  const [timing] = race([{ name: 'judge', units: 1, run: () => void judgeHistory(operations) }], ROUNDS);
  const milliseconds = timing!.unit / 1e6;
  const unanswered = operations.filter(({ outcome }) => outcome === 'info' || outcome === 'open').length;
  const steps = judged.reduce((sum, { judgement }) => sum + judgement.steps, 0);
  const row = [verdictOf(judged), operations.length, judged.length, unanswered, steps, milliseconds, goal(`at most ${TIME_MAX} ms`, milliseconds <= TIME_MAX && verdictOf(judged) === 'linearizable')];
  return table(['verdict', 'operations', 'keys', 'without an answer', 'steps of the search', 'time, ms', 'goal'], [row]);
}
