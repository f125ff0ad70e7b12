/** Words of the gallery. */
export const texts = {
  'gallery.title': 'Take a network apart.',
  'gallery.lead': 'Cut links, crash machines, drop any message. Then step back and see exactly why it held, or why it broke.',
  'gallery.continue': 'Continue at step {step}',
  'gallery.start': 'Start',
  'gallery.at-step': 'step {step}',
  'gallery.separator': ', ',
  'gallery.filter': 'Families',
  'gallery.family.all': 'All',
  'gallery.family.routing': 'Routing',
  'gallery.family.balance': 'Load balancing',
  'gallery.family.raft': 'Raft',
  'gallery.family.paxos': 'Paxos',
  'gallery.protocol.dijkstra': 'Dijkstra',
  'gallery.protocol.raft': 'Raft',
  'gallery.protocol.link-state': 'Link-State',
  'gallery.family.message': 'Messaging',
} as const;
