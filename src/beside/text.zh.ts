export const texts = {
  'beside.compare': '与之比较',
  'beside.same': '两次运行在相同的时刻收到相同的请求。',
  'beside.closed': '在闭环里，客户端得到应答才再发请求：两次运行不可能在相同的时刻收到相同的请求。',
} as const;
