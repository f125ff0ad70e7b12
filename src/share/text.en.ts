/** Sharing a run. */
export const texts = {
  'share.title': 'Share this run',
  'share.making': 'Making the link …',
  'share.copied': 'The link is on the clipboard.',
  'share.copy-by-hand': 'The browser does not let the page use the clipboard: copy the link from here.',
  'share.copy': 'Copy the link',
  'share.too-long': 'This run does not fit into a link of {maximum} characters. Save it as a file: whoever opens the file sees the same.',
  'share.what': 'Whoever opens it stands at this step of this branch, with all branches around it. The link itself holds the run; nothing is stored anywhere.',
  'share.both': 'The link holds both runs side by side; a file holds run {run} alone, the one that was pressed last.',
  'share.one': 'Of the two runs this holds run {run} alone, the one that was pressed last.',
  'share.save': 'Save as a file',
  'share.unreadable': 'The recording in this link cannot be read, so the scenario is shown as it is.',
  'share.changed': 'Since this was recorded, {protocols} has changed: the run was made again from its interventions, and may go another way.',
  'share.other': 'This is not the tape that was recorded: the run was made again from its interventions, and goes another way.',
} as const;
