/**
 * Golden transcripts, in the manner of etcd/raft's datadriven tests: a file of commands, and under each, after `----`, what
 * came of it. A blank line ends what came of it; `#` begins a comment.
 */
import type { Json } from '../../../../model/json.ts';
import { MILLISECOND, parseDuration } from '../../../../model/time.ts';
import type { NodeId } from '../../../../model/topology.ts';
import { raftDefaults } from '../protocol.ts';
import type { Config, Request, Timer } from '../state.ts';
import { Cluster, type Flying, type Outcome } from './cluster.ts';
import { printLog, printMessage, printOutcomes, printServer } from './print.ts';

/** Runs a transcript's commands; several lines together have their outcome together. @returns the transcript as it should be. */
export function runTranscript(text: string): string {
  const script = new Script();
  const blocks = text.trim().split(/\n{2,}/).map((block) => {
    const lines = block.split('\n');
    const end = lines.indexOf('----');
    const commands = end < 0 ? lines : lines.slice(0, end);
    const said = commands.filter((line) => !line.startsWith('#')).flatMap((line) => script.run(line));
    return [...commands, '----', ...(said.length > 0 ? said : ['ok'])].join('\n');
  });
  return `${blocks.join('\n\n')}\n`;
}

type Settings = { readonly [name: string]: Json };

class Script {
  readonly #cluster = new Cluster();
  #settings: Settings = {};
  #quiet = false;

  /** @returns the lines that came of a command. */
  run(line: string): string[] {
    const [command = '', ...args] = line.split(/\s+/);
    const lines = this.#do(command, args);
    const said = [...lines, ...printOutcomes(this.#cluster.takeOutcomes())];
    return this.#quiet && command !== 'print' ? [] : said;
  }

  #do(command: string, args: readonly string[]): string[] {
    const [id = '', second = '', third = ''] = args;
    switch (command) {
      case 'config':
        this.#settings = { ...this.#settings, ...settingsOf(args) };
        return [];
      case 'add-nodes':
        return this.#add(Array.from({ length: Number(id) }, (_item, at) => String(this.#cluster.ids.length + at + 1)), settingsOf(args.slice(1)));
      case 'add-node':
        return this.#add([id], settingsOf(args.slice(1)));
      case 'bug':
        this.#cluster.bugs.add(id);
        return [];
      case 'quiet':
        this.#quiet = id !== 'off';
        return [];
      case 'campaign':
        return this.#request(id, { kind: 'campaign' });
      case 'propose':
        return this.#request(id, { kind: 'propose', data: second });
      case 'read':
        return this.#request(id, { kind: 'read', ref: second });
      case 'transfer':
        return this.#request(id, { kind: 'transfer', to: second });
      case 'add-server':
      case 'add-learner':
      case 'remove-server':
        return this.#request(id, { kind: command, server: second });
      case 'change-configuration':
        return this.#request(id, { kind: command, voters: second.split(',') });
      case 'snapshot':
        return this.#request(id, { kind: 'snapshot', index: Number(second), data: third });
      case 'deliver':
        return this.#chosen(args).flatMap((flying) => this.#deliver(flying));
      case 'drop':
        return this.#drop(this.#chosen(args));
      case 'cut':
        return this.#cut(id, second === '' ? this.#cluster.ids.filter((other) => other !== id) : [second]);
      case 'heal':
        this.#cluster.apart.clear();
        return [];
      case 'stabilize':
        return this.#stabilize();
      case 'expire':
        return this.#expire(id, second as Timer);
      case 'elapse':
        return this.#elapse(durationOf(id));
      case 'run':
        return this.#runFor(durationOf(id));
      case 'crash':
        this.#cluster.crash(id);
        return [];
      case 'restart':
        this.#cluster.start(id);
        return [];
      case 'print':
        return id === 'log' ? printLog(second, this.#cluster.server(second)) : printServer(second, this.#cluster.server(second));
      default:
        throw new Error(`Unknown command ${command}`);
    }
  }

  #add(ids: readonly NodeId[], settings: Settings): string[] {
    const all = { ...raftDefaults, ...this.#settings, ...settings } as Config;
    this.#cluster.add(ids, () => all);
    return [];
  }

  #request(id: NodeId, request: Request): string[] {
    this.#cluster.request(id, request);
    return [];
  }

  /** Of the messages on their way `from->to`, all, or the first so many; `*` is anybody. */
  #chosen([way = '', count = '']: readonly string[]): Flying[] {
    const [from, to] = way.split('->');
    const there = this.#cluster.flying.filter((flying) => (from === '*' || flying.from === from) && (to === '*' || flying.to === to));
    return count === '' ? there : there.slice(0, Number(count));
  }

  #deliver(flying: Flying): string[] {
    const before = printOutcomes(this.#cluster.takeOutcomes());
    const arrived = this.#cluster.deliver(flying);
    const came = printOutcomes(this.#cluster.takeOutcomes());
    const line = `${flying.from}->${flying.to} ${printMessage(flying.message)}`;
    return [...before, arrived ? line : `${line} is lost`, ...came.map((outcome) => `  ${outcome}`)];
  }

  #drop(dropped: readonly Flying[]): string[] {
    this.#cluster.flying = this.#cluster.flying.filter((flying) => !dropped.includes(flying));
    return dropped.map((flying) => `${flying.from}->${flying.to} ${flying.message.kind} is dropped`);
  }

  #cut(id: NodeId, others: readonly NodeId[]): string[] {
    for (const other of others) this.#cluster.apart.add(`${id} ${other}`).add(`${other} ${id}`);
    return [];
  }

  #stabilize(): string[] {
    const lines: string[] = [];
    for (let next = this.#cluster.flying[0]; next; next = this.#cluster.flying[0]) lines.push(...this.#deliver(next));
    return lines;
  }

  #expire(id: NodeId, timer: Timer): string[] {
    this.#cluster.expire(id, timer);
    return [];
  }

  /** Time passes, and what was sent stays on its way. */
  #elapse(duration: number): string[] {
    const cluster = this.#cluster;
    const end = cluster.now + duration;
    const lines: string[] = [];
    for (let next = cluster.nextTimer(); next && next.at <= end; next = cluster.nextTimer()) {
      cluster.now = next.at;
      cluster.expire(next.id, next.timer);
      lines.push(`${next.id}: ${next.timer} timer at ${this.#time()}`, ...printOutcomes(cluster.takeOutcomes()).map((outcome) => `  ${outcome}`));
    }
    cluster.now = end;
    return lines;
  }

  /** Time passes, and what is sent arrives after a millisecond. Only what is worth a note is said. */
  #runFor(duration: number): string[] {
    const cluster = this.#cluster;
    const end = cluster.now + duration;
    const lines: string[] = [];
    for (;;) {
      const timer = cluster.nextTimer();
      const message = cluster.flying[0];
      const arrival = message ? Math.max(cluster.now, cluster.arrival(message)) : Infinity;
      const at = Math.min(timer?.at ?? Infinity, arrival);
      if (at > end) break;
      cluster.now = at;
      if (message && arrival <= at) cluster.deliver(message);
      else if (timer) cluster.expire(timer.id, timer.timer);
      const notes = cluster.takeOutcomes().filter((outcome) => outcome.kind !== 'send' && !isLate(outcome));
      lines.push(...printOutcomes(notes).map((outcome) => `${this.#time()} ${outcome}`));
    }
    cluster.now = end;
    return lines;
  }

  #time(): string {
    return `${this.#cluster.now / MILLISECOND} ms`;
  }
}

function isLate(outcome: Outcome): boolean {
  return outcome.kind === 'note' && outcome.key.endsWith('-late');
}

function durationOf(text: string): number {
  const duration = parseDuration(text);
  if (duration === null) throw new Error(`${text} is no duration`);
  return duration;
}

/** `name=value`: true and false, numbers, durations, lists with commas; `log=1124 term=5` begins a server in the middle of a story. */
function settingsOf(args: readonly string[]): Settings {
  const settings: { [name: string]: Json } = {};
  let terms: readonly number[] | null = null;
  for (const arg of args) {
    const [name = '', value = ''] = arg.split('=');
    if (name === 'log') terms = value.split('').map(Number);
    else if (name === 'voters' || name === 'learners') settings[name] = value.split(',').filter((id) => id !== '');
    else settings[name] = settingOf(value);
  }
  const { term = terms?.at(-1) ?? null, ...rest } = settings;
  return term === null ? rest : { ...rest, initial: { currentTerm: term, votedFor: null, terms: terms ?? [] } };
}

function settingOf(value: string): Json {
  if (value === 'true' || value === 'false') return value === 'true';
  return parseDuration(value) ?? value;
}
