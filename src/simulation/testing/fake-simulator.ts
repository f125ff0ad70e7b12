/** Cuts reels from a tape made by hand, and answers when the test says so. */
import type { BranchId, Reel, ReelRequest } from '../../../workers/contract.ts';
import { reelOf, type Tape } from './tapes.ts';

type Waiting = { readonly request: ReelRequest; readonly slot: 'current' | 'ahead'; readonly answer: (reel: Reel | null) => void };

export class FakeReels {
  readonly requests: { readonly first: number; readonly slot: 'current' | 'ahead' }[] = [];
  waiting: Waiting[] = [];
  private readonly tapes: ReadonlyMap<BranchId, Tape>;

  constructor(tapes: ReadonlyMap<BranchId, Tape>) {
    this.tapes = tapes;
  }

  readonly ask = (request: ReelRequest, slot: 'current' | 'ahead'): Promise<Reel | null> => {
    this.requests.push({ first: request.first, slot });
    // As the worker does: an older request of the same slot is dropped.
    for (const older of this.waiting.filter((entry) => entry.slot === slot)) older.answer(null);
    return new Promise((answer) => {
      this.waiting = [...this.waiting.filter((entry) => entry.slot !== slot), { request, slot, answer }];
    });
  };

  /** Answers everything that is waiting, and what is asked because of it, until nothing is. */
  async answerAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const entries = this.waiting;
      this.waiting = [];
      for (const { request, answer } of entries) answer(this.reel(request));
      await settle();
    }
  }

  private reel({ run, branch, first, length, watch }: ReelRequest): Reel | null {
    const tape = this.tapes.get(branch);
    if (!tape || first >= tape.events.length) return null;
    return { ...reelOf(tape, first, length), run, branch, watch };
  }
}

/** Lets every promise that can go on go on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
