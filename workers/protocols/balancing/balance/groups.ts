/** What can be set before a run, in groups: the most used first. Texts: `setting.group.ID`. */
export const balanceGroups: readonly { readonly id: string; readonly settings: readonly string[] }[] = [
  { id: 'first', settings: ['policy', 'choices', 'weights', 'rate', 'requests', 'speeds'] },
  { id: 'work', settings: ['workers', 'service', 'serviceMean', 'serviceShape', 'queueLimit', 'discipline', 'warmUp', 'coldFactor'] },
  { id: 'clients', settings: ['arrivals', 'burst', 'trace', 'loop', 'think', 'timeout', 'keys', 'requestBytes', 'responseBytes', 'sizes', 'sizesShape'] },
  { id: 'health', settings: ['healthInterval', 'unhealthyAfter', 'healthyAfter', 'checksWait', 'closeOnDown', 'ejectAfter', 'panicThreshold', 'slowStart', 'aggression'] },
  { id: 'retries', settings: ['attempts', 'attemptTimeout', 'backOff', 'retryBudget'] },
  { id: 'limits', settings: ['requestsMax', 'connectionsMax', 'pendingMax', 'rateLimit'] },
  { id: 'keys', settings: ['virtualNodes', 'loadBound', 'tableSize', 'sticky'] },
  { id: 'scaling', settings: ['scaleTarget', 'scaleInterval', 'scaleTolerance', 'scaleDownWindow', 'scaleMin', 'scaleMax', 'bootTime'] },
];
