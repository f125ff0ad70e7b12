import type { Recording } from '../../workers/contract.ts';
import type { Session } from '../simulation/types.ts';

/** Gives the run as a file: every branch, and where one looks. */
export async function saveRecording({ simulator, store, player }: Session): Promise<void> {
  const { info, branch } = store.getState();
  download(await simulator.export(info.run, branch, player.playhead.event));
}

function download(recording: Recording): void {
  const address = URL.createObjectURL(new Blob([`${JSON.stringify(recording, null, 2)}\n`], { type: 'application/json' }));
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = `${recording.scenario.id}.recording.json`;
  anchor.click();
  // The browser has taken the bytes when the click returns.
  URL.revokeObjectURL(address);
}
