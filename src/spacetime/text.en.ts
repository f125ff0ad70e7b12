/** Words of the space–time diagram. */
export const texts = {
  'spacetime.title': 'Space-time',
  'spacetime.group.time': 'Space–time diagram of {count} nodes by time. Arrows up and down walk the lifelines, comma goes to the cause, full stop to the effect. The list of events tells the same.',
  'spacetime.group.events': 'Space–time diagram of {count} nodes by step. Arrows up and down walk the lifelines, comma goes to the cause, full stop to the effect. The list of events tells the same.',
  'spacetime.lifeline': '{label}, {role}',
  'spacetime.term': 'Term {term}, led by {node}',
  'spacetime.packet': '{message}, {from} to {to}, {time}',
  'spacetime.computing': 'Computing',
  'spacetime.crowded': 'Zoom in to see this part',
  'spacetime.pull': '{message}: to the right delays it, below the lifelines drops it',
  'spacetime.pull.delay': 'Delay by {time}',
  'spacetime.pull.drop': 'Drop',
  'spacetime.zoom-in': 'Zoom in',
  'spacetime.zoom-out': 'Zoom out',
  'spacetime.legend.reply': 'hollow: reply',
  'spacetime.legend.lost': 'lost',
} as const;
