import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { meshOf, nodesOf, raftOn, raftScenario, raftSwitch, serversOf, timingParameters } from './build.ts';

const servers = serversOf(5);

/** Five servers that have just been switched on: whoever waits the shortest asks first. */
export const election = raftScenario({
  id: 'raft-election',
  text: {
    en: {
      title: 'How a leader is elected',
      watch: 'Five servers wait for a leader that is not there. The ring that runs out first asks the others for their votes.',
      try: 'Step through the election and count the votes. Then crash the leader and see who is next.',
    },
    zh: {
      title: '领导者是怎样选出来的',
      watch: '五台服务器在等一个还不存在的领导者。谁的圆环先走完，谁就先向别人要票。',
      try: '一步步走完选举，数一数票。然后让领导者崩溃，看看下一个是谁。',
    },
  },
  topology: { nodes: nodesOf(servers), links: meshOf(servers) },
  processes: [raftOn(servers)],
  parameters: [...timingParameters, raftSwitch('preVote'), raftSwitch('checkQuorum'), raftSwitch('noOp')],
  horizon: 6 * SECOND,
  opening: { time: 169 * MILLISECOND, speed: 0.002, select: 'S4' },
});
