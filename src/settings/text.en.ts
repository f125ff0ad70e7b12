/** The settings of a scenario. */
export const texts = {
  'parameters.title': 'Settings',
  'parameters.seed': 'Seed: another one draws other losses and delays',
  'parameters.anew': 'The scenario runs anew from the start. What you did to this run stays behind.',
  'parameters.run': 'Run anew',
} as const;
