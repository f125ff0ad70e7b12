export const texts = {
  'beside.compare': '与之比较',
  'beside.same': '两次运行在相同的时刻收到相同的请求。',
  'beside.closed': '闭环：两次运行不可能收到相同的请求。',
} as const;
