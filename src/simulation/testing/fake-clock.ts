import type { AnimationClock } from '../player.ts';

/** Animation frames that come when the test says so. */
export class FakeClock implements AnimationClock {
  time = 0;
  private tick: ((now: number) => void) | null = null;

  now(): number {
    return this.time;
  }

  request(tick: (now: number) => void): number {
    this.tick = tick;
    return 1;
  }

  cancel(): void {
    this.tick = null;
  }

  get waiting(): boolean {
    return this.tick !== null;
  }

  /** Lets `milliseconds` go by in pictures of 16 ms. */
  run(milliseconds: number): void {
    const end = this.time + milliseconds;
    while (this.time < end) {
      this.time = Math.min(end, this.time + 16);
      const { tick } = this;
      this.tick = null;
      tick?.(this.time);
    }
  }
}
