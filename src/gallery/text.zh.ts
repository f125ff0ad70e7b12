/** 场景总览的文字。 */
export const texts = {
  'gallery.title': '把网络拆开来看。',
  'gallery.lead': '切断链路，让机器崩溃，丢掉任意一条消息。再一步步退回去，看清它为何撑住，又为何出错。',
  'gallery.continue': '从第 {step} 步继续',
  'gallery.start': '开始',
  'gallery.at-step': '第 {step} 步',
  'gallery.separator': '，',
  'gallery.filter': '类别',
  'gallery.family.all': '全部',
  'gallery.family.routing': '路由',
  'gallery.family.balance': '负载均衡',
  'gallery.family.raft': 'Raft 共识',
  'gallery.family.paxos': 'Paxos 共识',
  'gallery.protocol.dijkstra': 'Dijkstra 算法',
  'gallery.protocol.raft': 'Raft 算法',
  'gallery.protocol.link-state': '链路状态',
  'gallery.family.message': '消息',
} as const;
