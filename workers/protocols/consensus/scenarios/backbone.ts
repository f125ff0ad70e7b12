import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { abilene } from '../../routing/scenarios/abilene.ts';
import { happens, proposals, campaignAt, raftOn, raftScenario, timingParametersOf } from './build.ts';

/** One server a region, none of them next to another. */
const servers = ['SNVA', 'DNVR', 'HSTN', 'CHIN', 'WASH'] as const;
const timing = { electionTimeoutMin: 200 * MILLISECOND, electionTimeoutMax: 400 * MILLISECOND, heartbeatInterval: 80 * MILLISECOND };
const START = 12 * SECOND;

/** Raft on top of Link-State routing: a fibre is cut, and the routers and the servers react, each in their own way. */
export const backbone = raftScenario({
  id: 'raft-backbone',
  text: {
    en: {
      title: 'Raft over a backbone',
      watch: 'Five servers in five cities; their messages are routed by Link-State. At 14 s the fibre Denver–Kansas City breaks under them.',
      try: 'See which heartbeats fall into the gap before the routers know. Then set spfInitial to 1 s: the routers are late, and a server asks for votes.',
    },
    zh: {
      title: '骨干网上的 Raft',
      watch: '五台服务器在五座城市，消息由 Link-State 逐跳路由。14 s 时，脚下丹佛到堪萨斯城的光纤断了。',
      try: '看看路由器得知之前哪些心跳掉进了缺口。再把 spfInitial 设为 1 s：路由器慢了，就有服务器出来要票。',
    },
  },
  topology: abilene.topology,
  processes: [{ protocol: 'link-state', nodes: 'all', config: {} }, raftOn(servers, { ...timing, preVote: true })],
  parameters: [
    ...timingParametersOf(timing),
    { name: 'spfInitial', type: 'duration', default: 50 * MILLISECOND, minimum: 0, maximum: 60 * SECOND, sets: [{ protocol: 'link-state', config: 'spfInitial' }] },
  ],
  workload: [campaignAt(200 * MILLISECOND, 'CHIN'), ...proposals('CHIN', START + 500 * MILLISECOND, 250 * MILLISECOND, 20)],
  interventions: [happens('fibre', 14 * SECOND, { kind: 'cut', link: 'DNVR-KSCY' })],
  horizon: 30 * SECOND,
  opening: { time: 13.9 * SECOND, speed: 0.02, select: 'CHIN' },
});
