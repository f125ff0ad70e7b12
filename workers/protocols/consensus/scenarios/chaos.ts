import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { kvDefaults } from '../kv/protocol.ts';
import { clientMesh, clientsOf, clientWorkload, kvOn, nodesOf, raftOn, raftScenario, raftSwitch, serversOf, timingParameters } from './build.ts';

const servers = serversOf(5);
const clients = clientsOf(3);
// They go on for as long as faults come (checks/faults.ts): trouble after the last request shows nothing.
const workload = { interval: 40 * MILLISECOND, count: 80, keys: ['x', 'y'], gets: 2, puts: 2, compareAndSets: 1, timeout: 200 * MILLISECOND };

/** Five servers and three clients that read and write two keys: what the search for bugs disturbs. */
export const chaos = raftScenario({
  id: 'raft-chaos',
  text: {
    en: {
      title: 'Chaos, and a store that stays one',
      watch: 'Three clients read and write two keys of a store on five servers. Whatever happens to the servers, clients see one store.',
      try: 'Crash the leader, cut links and see the clients ask again. Then let “Find a bug” do it for a thousand seeds.',
    },
    zh: {
      title: '一片混乱，存储依旧如一',
      watch: '三个客户端读写五台服务器上的两个键。无论服务器出了什么事，客户端看到的始终是同一份存储。',
      try: '让领导者崩溃，切断链路，看客户端怎样再次请求。然后用“找出错误”为一千个种子代劳。',
    },
  },
  topology: { nodes: nodesOf([...servers, ...clients]), links: clientMesh(servers, clients, { latency: 2 * MILLISECOND, jitter: 3 * MILLISECOND }) },
  processes: [raftOn(servers, { stateMachine: 'kv', snapshotThreshold: 40 }), kvOn(servers, clients, workload)],
  parameters: [...timingParameters, raftSwitch('preVote'), raftSwitch('checkQuorum'), ...clientWorkload({ ...kvDefaults, ...workload })],
  horizon: 8 * SECOND,
  opening: { time: 400 * MILLISECOND, speed: 0.05, select: 'C1' },
});
