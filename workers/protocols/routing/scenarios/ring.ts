import { MICROSECOND, MILLISECOND, SECOND } from '../../../model/time.ts';
import { durationParameter, link, linkStateWithProbe, nodeParameter, plainNode, routingScenario, usualParameters } from './build.ts';

const PROBE_INTERVAL = 20 * MILLISECOND;
/** After the hold-down interval of the first computations, so that only R5 is late. */
const cutAt = 11 * SECOND;

/** A ring of five routers, cost 10, SPF without initial delay as in FRR: R1–R2 is cut while R5 is slow to compute. */
export const ring = routingScenario({
  id: 'routing-ring',
  text: {
    en: {
      title: 'A loop that ends by itself',
      watch: 'R1–R2 is cut at 11 s. R5 computes half a second late: until then R1 and R5 throw the packets for R2 back and forth.',
      try: 'Step to the cut and follow one probe until its TTL is used up. Then set lateBy to 0 and see no loop.',
    },
    zh: {
      title: '自己会消失的环路',
      watch: '第 11 秒 R1–R2 被切断。R5 晚半秒才算完：在那之前，R1 和 R5 把发往 R2 的包来回抛。',
      try: '走到切断的那一步，跟着一个探测包看它耗尽 TTL。再把 lateBy 设为 0，环路就没有了。',
    },
  },
  nodes: ['R1', 'R2', 'R3', 'R4', 'R5'].map(plainNode),
  links: [
    ['R1', 'R2'],
    ['R2', 'R3'],
    ['R3', 'R4'],
    ['R4', 'R5'],
    ['R5', 'R1'],
  ].map(([a, b]) => link(a!, b!, { cost: 10, latency: 500 * MICROSECOND })),
  processes: linkStateWithProbe('R1', 'R2', { spfInitial: 0, spfShort: 50 * MILLISECOND, lateRouter: 'R5', lateBy: 500 * MILLISECOND }, { interval: PROBE_INTERVAL }),
  parameters: [
    ...usualParameters('R1', 'R2', PROBE_INTERVAL, 0),
    nodeParameter('lateRouter', 'link-state', 'lateRouter', 'R5'),
    durationParameter('lateBy', 'link-state', 500 * MILLISECOND, 0),
  ],
  interventions: [{ id: 'cut-R1-R2', at: { time: cutAt, done: 0, order: 0 }, do: { kind: 'cut', link: 'R1-R2' } }],
  horizon: 45 * SECOND,
  opening: { time: cutAt - 5 * MILLISECOND, speed: 0.005, select: 'R5' },
});
