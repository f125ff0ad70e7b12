/** 各路由协议共用的文字。 */
export const texts = {
  'routing.panel.forwarding': '转发表',
  'routing.panel.forwarding.changed': '{changed} 条路由变化',
  'routing.column.destination': '目的',
  'routing.column.next-hop': '下一跳',
  'routing.column.was': '原',
  'routing.column.cost': '代价',
  'routing.column.router': '路由器',
  'routing.column.distance': '距离',
  'routing.panel.settled': '按此顺序确定',
} as const;
