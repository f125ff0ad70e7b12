// The memory of the browser's processes that show pages, workers and all, as the operating system counts it (Linux).
import { readdirSync, readFileSync } from 'node:fs';

interface Process {
  readonly parent: number;
  readonly command: string;
  /** Resident memory (bytes). */
  readonly resident: number;
}

function readProcess(id: string): Process | null {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
    return {
      // The command in brackets may hold anything: what follows the last bracket is counted from there.
      parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]),
      command: readFileSync(`/proc/${id}/cmdline`, 'utf8'),
      resident: 1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0),
    };
  } catch {
    // It has ended meanwhile.
    return null;
  }
}

/** @param ancestor The process whose descendants are counted. @returns bytes. */
function renderers(ancestor: number): number {
  const processes = new Map(readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((id) => {
    const found = readProcess(id);
    return found ? [[Number(id), found] as const] : [];
  }));
  const descends = (id: number): boolean => {
    for (let at: number | undefined = id; at !== undefined && at > 1; at = processes.get(at)?.parent) if (at === ancestor) return true;
    return false;
  };
  return [...processes].filter(([id, { command }]) => command.includes('--type=renderer') && descends(id)).reduce((sum, [, { resident }]) => sum + resident, 0);
}

/** Watches the memory of the page, several times a second. */
export class MemoryWatch {
  private readonly timer: NodeJS.Timeout;
  /** The most that was seen (bytes). */
  peak = 0;

  constructor() {
    this.timer = setInterval(() => this.look(), 200);
  }

  look(): number {
    const now = renderers(process.pid);
    this.peak = Math.max(this.peak, now);
    return now;
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
