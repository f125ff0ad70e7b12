import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { balanceScenario, happens } from './build.ts';

/** Who comes back cold gets little at first. */
export const slowStart = balanceScenario({
  id: 'balance-slow-start',
  en: {
    title: 'Slow start',
    watch: 'The scenario crashes S2 at 1 s. At 2 s it is back, cold: at first it is eight times slower. Its weight rises from a tenth to the whole within 3 s, so it is not buried.',
    try: 'Go back to 1.9 s, click LB and set Slow start to 0: S2 gets its full share at once, and a line forms that takes seconds to clear.',
  },
  zh: {
    title: '慢启动',
    watch: '场景让 S2 在 1 s 崩溃，2 s 时恢复，还是冷的：起初慢八倍。它的权重在 3 s 内从十分之一升到全部，所以不会被压垮。',
    try: '退回 1.9 s，点 LB，把慢启动时长设为 0：S2 立刻得到全部份额，排起的队几秒才能消化。',
  },
  clients: 3,
  servers: 3,
  config: { policy: 'edf', rate: 90, requests: 0, arrivals: 'poisson', service: 'exponential', serviceMean: 20 * MILLISECOND, healthInterval: 100 * MILLISECOND, warmUp: 3 * SECOND, coldFactor: 8, slowStart: 3 * SECOND, timeout: 3 * SECOND },
  more: ['slowStart', 'aggression', 'warmUp', 'coldFactor', 'healthInterval'],
  interventions: [happens('down', SECOND, { kind: 'crash', node: 'S2' }), happens('back', 2 * SECOND, { kind: 'restart', node: 'S2' })],
  horizon: 10 * SECOND,
  opening: { time: 2 * SECOND, speed: 0.1 },
});
