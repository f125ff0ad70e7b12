/**
 * Linearizability of a register with get, put and compare-and-set: the search of Wing and Gong ("Testing and Verifying
 * Concurrent Objects", 1993) with the memory of Lowe ("Testing for linearizability", 2017). Keys are judged one by one,
 * because a history is linearizable where that of every key is (Horn, Kroening: "Faster linearizability checking via
 * P-compositionality", 2015).
 *
 * Three more facts about registers keep it fast. A get that may come next and reads what is there comes next: it changes
 * nothing, and whatever follows may follow it as well. A put that may come next and whose value nobody asks for comes just before
 * the next put, which covers it. And of two ways to the same value over the same answered operations, the one that needed
 * fewer unanswered ones can do all that the other can.
 */
import type { Json } from '../model/json.ts';

/** An operation on one key. Its places are positions in the history, all different. */
export type Operation = {
  readonly op: 'get' | 'put' | 'cas';
  readonly invoked: number;
  /** Null: unanswered. It takes effect at any time after `invoked`, or never. A get always has an answer: others say nothing. */
  readonly returned: number | null;
  /** What a get read, and what the others write. */
  readonly value: Json;
  /** What a compare-and-set that succeeded has found. */
  readonly expected?: Json;
};

/** What a register may hold, and which unanswered operations (indices) have then taken effect. */
export type Configuration = { readonly value: Json; readonly used: readonly number[] };

/** As far as one order of operations comes. */
export type Linearization = {
  /** Indices of operations, in the order of their points. */
  readonly order: readonly number[];
  /** What the register then holds. */
  readonly value: Json;
  /** The operation that had to come next and could not; null when all answered ones have their place. */
  readonly blocked: number | null;
};

export type Verdict = 'linearizable' | 'violation' | 'unknown';

export type Judgement = {
  readonly verdict: Verdict;
  readonly steps: number;
  /** The longest order found: all answered operations where they are linearizable. */
  readonly longest: Linearization;
  /** The longest order that holds this operation; the longest of all where none does. The same one is the same object. */
  longestWith(operation: number): Linearization;
};

/** Steps after which the answer is "unknown": seconds of work, and far more than the history of a real register takes. */
export const STEPS_MAX = 1_000_000;

/** The register of a key that nobody has written. */
const untouched: readonly Configuration[] = [{ value: null, used: [] }];

/** Judges the operations on one key that begins without a value. */
export function judgeRegister(operations: readonly Operation[], stepsMax: number = STEPS_MAX): Judgement {
  const search = new Search(operations, askedIn(operations));
  const verdict = search.run(untouched, stepsMax, false);
  return { verdict, steps: search.steps, longest: search.linearization(search.longest), longestWith: (operation) => search.linearization(search.longestWith(operation)) };
}

/** Whether some order of the operations exists that begins at one of these configurations. */
export function continues(operations: readonly Operation[], from: readonly Configuration[], stepsMax: number): Verdict {
  return new Search(operations, askedIn(operations)).run(from, stepsMax, false);
}

/**
 * All configurations in which the register may be after these operations, of which none is under way any more except those
 * that stay unanswered. Configurations that can do no more than another are left out.
 * @returns none when the history is no history of a register; null when that took too many steps
 */
export function configurationsAfter(operations: readonly Operation[], from: readonly Configuration[], stepsMax: number): readonly Configuration[] | null {
  const [alone, ...more] = operations;
  if (alone && alone.returned !== null && more.length === 0) return afterOne(alone, from);
  const asked = askedIn(operations);
  const ends: Configuration[] = [];
  let steps = 0;
  for (const asking of [asked, ...lastValues(operations, asked).map((value) => new Set([...asked, value]))]) {
    const search = new Search(operations, asking);
    const verdict = search.run(from, stepsMax - steps, true);
    steps += search.steps;
    if (verdict === 'unknown') return null;
    ends.push(...search.ends());
  }
  return leastOf([...ends, ...overwritten(operations, asked, leastOf(ends))]);
}

/** Values that nobody has asked for, of answered puts that may be the last: nothing was begun after them. */
function lastValues(operations: readonly Operation[], asked: ReadonlySet<string>): readonly string[] {
  const begun = operations.reduce((latest, { invoked, returned }) => (returned === null ? latest : Math.max(latest, invoked)), -1);
  return operations.flatMap(({ op, returned, value }) => (op === 'put' && returned !== null && returned > begun && !asked.has(textOf(value)) ? [textOf(value)] : []));
}

/** What an unanswered operation that nobody has asked for makes of an end: it may always be the last. */
function overwritten(operations: readonly Operation[], asked: ReadonlySet<string>, ends: readonly Configuration[]): readonly Configuration[] {
  return operations.flatMap(({ op, returned, value, expected }, operation) => {
    if (returned !== null || asked.has(textOf(value))) return [];
    const found = textOf(expected ?? null);
    const before = ends.filter((end) => !end.used.includes(operation) && (op === 'put' || textOf(end.value) === found));
    return before.map(({ used }) => ({ value, used: [...used, operation] }));
  });
}

/** Those that can do what no other one can. */
function leastOf(ends: readonly Configuration[]): readonly Configuration[] {
  return ends.filter((end, at) => !ends.some((other, place) => place !== at && doesAll(other, end) && (place < at || !doesAll(end, other))));
}

/** One operation with nothing beside it needs no search: what it has found or read must have been there. */
function afterOne({ op, value, expected }: Operation, from: readonly Configuration[]): readonly Configuration[] {
  const found = textOf(op === 'get' ? value : (expected ?? null));
  return op === 'put' || from.some((configuration) => textOf(configuration.value) === found) ? [{ value, used: [] }] : [];
}

/** Whether what can follow `end` can follow `other` as well. */
function doesAll(other: Configuration, end: Configuration): boolean {
  return other.value === end.value && other.used.every((operation) => end.used.includes(operation));
}

/** The values that somebody asks for, as texts: what gets have read, and what compare-and-sets expect. */
function askedIn(operations: readonly Operation[]): ReadonlySet<string> {
  return new Set(operations.flatMap(({ op, value, expected }) => (op === 'get' ? [textOf(value)] : op === 'cas' ? [textOf(expected ?? null)] : [])));
}

function textOf(value: Json): string {
  return JSON.stringify(value);
}

/** A way so far, told backwards. */
type Way = {
  /** −1 at the start. */
  readonly operation: number;
  readonly before: Way | null;
  /** Number of the value that the register holds. */
  readonly value: number;
  /** Answered operations on the way. */
  readonly answered: number;
  /** Position, among the answered operations, of the first one without a place. */
  readonly first: number;
  /** The longest way found that goes on from here; null: this one. */
  longest: Way | null;
};

/** A way that is gone on from; it was entered from another one, mostly by one operation. */
type Branch = { readonly way: Way; readonly from: Way | null; readonly candidates: readonly number[]; next: number };

class Search {
  steps = 0;
  longest: Way;
  readonly #operations: readonly Operation[];
  /** Answered operations in the order of their invocations, and their bounds. */
  readonly #answered: readonly number[];
  /** Unanswered ones whose value somebody asks for: an order without the others is one. */
  readonly #unanswered: readonly number[];
  /** By operation: answered puts whose value nobody asks for. */
  readonly #unasked: readonly boolean[];
  readonly #numbers = new Map<string, number>();
  readonly #values: Json[] = [];
  /** By operation: the number of the value it writes or has read, and of the one that a compare-and-set has found. */
  readonly #value: readonly number[];
  readonly #expected: readonly number[];
  readonly #placed: Uint8Array;
  /** Unanswered operations that were used on the ways tried, by what else there is to say of a way's end. */
  readonly #seen = new Map<string, (readonly number[])[]>();
  /** Unanswered operations on the way so far. */
  #used: number[] = [];
  readonly #ends: { readonly value: number; readonly used: readonly number[] }[] = [];
  readonly #longestWith: (Way | undefined)[] = [];
  readonly #linearizations = new Map<Way, Linearization>();

  /** @param asked values that matter once they are written, as texts */
  constructor(operations: readonly Operation[], asked: ReadonlySet<string>) {
    this.#operations = operations;
    const all = operations.map((_operation, index) => index);
    const isAsked = operations.map(({ value }) => asked.has(textOf(value)));
    this.#answered = all.filter((index) => operations[index]!.returned !== null).sort((a, b) => operations[a]!.invoked - operations[b]!.invoked);
    this.#unanswered = all.filter((index) => operations[index]!.returned === null && isAsked[index]);
    this.#unasked = operations.map(({ op, returned }, index) => op === 'put' && returned !== null && !isAsked[index]!);
    this.#value = operations.map(({ value }) => this.#number(value));
    this.#expected = operations.map(({ expected }) => this.#number(expected ?? null));
    this.#placed = new Uint8Array(operations.length);
    this.longest = this.#start(null);
  }

  #number(value: Json): number {
    const text = textOf(value);
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#values.length);
    return this.#values.push(value) - 1;
  }

  #start(value: Json): Way {
    return { operation: -1, before: null, value: this.#number(value), answered: 0, first: 0, longest: null };
  }

  /** @param all whether to go on after the first order, to find every end */
  run(from: readonly Configuration[], stepsMax: number, all: boolean): Verdict {
    let found = false;
    for (const { value, used } of from) {
      for (const operation of used) this.#placed[operation] = 1;
      this.#used = [...used];
      const verdict = this.#explore(this.#start(value), stepsMax, all);
      for (const operation of used) this.#placed[operation] = 0;
      if (verdict === 'unknown') return 'unknown';
      if (verdict === 'linearizable') found = true;
      if (found && !all) break;
    }
    return found ? 'linearizable' : 'violation';
  }

  ends(): readonly Configuration[] {
    return this.#ends.map(({ value, used }) => ({ value: this.#values[value]!, used }));
  }

  longestWith(operation: number): Way {
    return this.#longestWith[operation] ?? this.longest;
  }

  linearization(end: Way): Linearization {
    const known = this.#linearizations.get(end);
    if (known) return known;
    const order: number[] = [];
    for (let at: Way | null = end; at; at = at.before) if (at.operation >= 0) order.push(at.operation);
    const placed = new Set(order);
    let blocked: number | null = null;
    for (const operation of this.#answered) {
      if (!placed.has(operation) && (blocked === null || this.#returned(operation) < this.#returned(blocked))) blocked = operation;
    }
    const made: Linearization = { order: order.reverse(), value: this.#values[end.value]!, blocked };
    this.#linearizations.set(end, made);
    return made;
  }

  #returned(operation: number): number {
    return this.#operations[operation]!.returned ?? Infinity;
  }

  /** Depth-first, with a stack of its own: a history is longer than an engine's stack is deep. */
  #explore(start: Way, stepsMax: number, all: boolean): Verdict {
    const endsBefore = this.#ends.length;
    const stack: Branch[] = [];
    const visit = (next: Way, from: Way | null): void => {
      stack.push({ way: next, from, candidates: this.#candidates(next), next: 0 });
      if (next.first === this.#answered.length) this.#ends.push({ value: next.value, used: [...this.#used] });
    };
    if (this.#isNew(start)) visit(start, null);
    for (let branch = stack.at(-1); branch; branch = stack.at(-1)) {
      if (!all && this.#ends.length > endsBefore) break;
      const operation = branch.candidates[branch.next++];
      if (operation === undefined) {
        stack.pop();
        this.#leave(branch);
        continue;
      }
      const value = this.#apply(operation, branch.way.value);
      if (++this.steps > stepsMax) break;
      if (value < 0) continue;
      const next = this.#enter(operation, value, branch.way);
      if (this.#isNew(next)) visit(next, branch.way);
      else this.#retreat(next, branch.way);
    }
    const gaveUp = this.steps > stepsMax;
    for (let branch = stack.pop(); branch; branch = stack.pop()) this.#leave(branch);
    return gaveUp ? 'unknown' : this.#ends.length > endsBefore ? 'linearizable' : 'violation';
  }

  /** What the register holds afterwards; −1 where the operation cannot come here. */
  #apply(operation: number, value: number): number {
    const { op } = this.#operations[operation]!;
    if (op === 'put') return this.#value[operation]!;
    if (op === 'get') return this.#value[operation] === value ? value : -1;
    return this.#expected[operation] === value ? this.#value[operation]! : -1;
  }

  /** A put covers all that may come before it and that nobody asks for. */
  #enter(operation: number, value: number, before: Way): Way {
    let way = before;
    if (this.#operations[operation]!.op === 'put') {
      for (let covered = this.#nextUnasked(way, operation); covered !== null; covered = this.#nextUnasked(way, operation)) way = this.#place(covered, this.#value[covered]!, way);
    }
    return this.#place(operation, value, way);
  }

  #nextUnasked({ first }: Way, but: number): number | null {
    let bound = Infinity;
    for (let at = first; at < this.#answered.length; at++) {
      const operation = this.#answered[at]!;
      if (this.#operations[operation]!.invoked > bound) break;
      if (this.#placed[operation] === 1) continue;
      if (this.#unasked[operation]! && operation !== but) return operation;
      bound = Math.min(bound, this.#returned(operation));
    }
    return null;
  }

  #place(operation: number, value: number, before: Way): Way {
    this.#placed[operation] = 1;
    const isAnswered = this.#operations[operation]!.returned !== null;
    if (!isAnswered) this.#used.push(operation);
    let { first } = before;
    while (first < this.#answered.length && this.#placed[this.#answered[first]!] === 1) first++;
    return { operation, before, value, answered: before.answered + (isAnswered ? 1 : 0), first, longest: null };
  }

  /** Takes back everything since `from`. */
  #retreat(left: Way, from: Way | null): void {
    for (let at: Way | null = left; at && at !== from; at = at.before) this.#unplace(at);
  }

  #unplace({ operation }: Way): void {
    if (operation < 0) return;
    this.#placed[operation] = 0;
    if (this.#operations[operation]!.returned === null) this.#used.pop();
  }

  /** Everything that goes on from here has been tried. */
  #leave({ way, from }: Branch): void {
    for (let at: Way | null = way; at && at !== from; at = at.before) {
      const { operation, before } = at;
      const longest = at.longest ?? at;
      if (longest.answered > this.longest.answered) this.longest = longest;
      if (operation >= 0 && longest.answered > (this.#longestWith[operation]?.answered ?? -1)) this.#longestWith[operation] = longest;
      if (before && longest.answered > (before.longest ?? before).answered) before.longest = longest;
      this.#unplace(at);
    }
  }

  /** What may come next: whatever was invoked before the first return of those that have no place yet. */
  #candidates({ value, first }: Way): readonly number[] {
    const candidates: number[] = [];
    let unasked: number | null = null;
    let bound = Infinity;
    for (let at = first; at < this.#answered.length; at++) {
      const operation = this.#answered[at]!;
      const { op, invoked } = this.#operations[operation]!;
      if (invoked > bound) break;
      if (this.#placed[operation] === 1) continue;
      bound = Math.min(bound, this.#returned(operation));
      if (op === 'get' && this.#value[operation] === value) return [operation];
      if (this.#unasked[operation]!) unasked = operation;
      else candidates.push(operation);
    }
    // Those last: an order that does without them is as good.
    for (const operation of this.#unanswered) {
      if (this.#placed[operation] === 0 && this.#operations[operation]!.invoked < bound && this.#value[operation] !== value) candidates.push(operation);
    }
    // One is as good as another: what they write, nobody asks for.
    if (unasked !== null) candidates.push(unasked);
    return candidates;
  }

  /** Whether nothing was tried before that can do at least as much as what holds now. Remembers it. */
  #isNew({ value, first }: Way): boolean {
    let key = `${value}.${first}`;
    let bits = 0;
    let count = 0;
    // Which of the operations that overlap the first one without a place have theirs.
    const bound = first < this.#answered.length ? this.#returned(this.#answered[first]!) : 0;
    for (let at = first + 1; at < this.#answered.length && this.#operations[this.#answered[at]!]!.invoked < bound; at++) {
      if (this.#placed[this.#answered[at]!] === 1) bits |= 1 << count;
      if (++count < 30) continue;
      key += `.${bits}`;
      bits = 0;
      count = 0;
    }
    key += `.${bits}`;
    const before = this.#seen.get(key);
    if (before?.some((used) => used.every((operation) => this.#placed[operation] === 1))) return false;
    if (before) before.push([...this.#used]);
    else this.#seen.set(key, [[...this.#used]]);
    return true;
  }
}
