/** What all routing protocols show alike. */
export const texts = {
  'routing.panel.forwarding': 'Forwarding table',
  'routing.panel.forwarding.changed': 'changed: {changed}',
  'routing.column.destination': 'Destination',
  'routing.column.next-hop': 'Next hop',
  'routing.column.was': 'was',
  'routing.column.cost': 'cost',
  'routing.column.router': 'Router',
  'routing.column.distance': 'distance',
  'routing.panel.settled': 'settled in this order',
} as const;
