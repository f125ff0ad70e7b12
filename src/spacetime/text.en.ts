/** Words of the space–time diagram. */
export const texts = {
  'spacetime.title': 'Space-time',
  'spacetime.group': 'Space–time diagram',
  'spacetime.keys': 'Arrows up and down walk the lifelines and Enter follows one. Comma goes to the cause of a step, full stop to its effect. The page Events tells the same in words.',
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
