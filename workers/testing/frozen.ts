/** Protocols whose states, messages and tables are frozen all the way down: a handler that changes what it was given throws. */
import type { ProtocolEntry, Registry, Self } from '../model/protocol.ts';

function freeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part);
  return value;
}

/** Everything that a handler gives away is frozen when it does. */
function watched(self: Self<never, never, string>): Self<never, never, string> {
  return new Proxy(self, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return freeze(value);
      return (...args: readonly unknown[]): unknown => freeze(Reflect.apply(value, target, args.map(freeze)));
    },
  });
}

function frozenEntry(entry: ProtocolEntry): ProtocolEntry {
  const { protocol } = entry;
  const handlers = ['start', 'receive', 'expire', 'request', 'told', 'linkChanged'] as const;
  const wrapped = handlers.flatMap((name) => {
    const handler: unknown = protocol[name];
    if (typeof handler !== 'function') return [];
    const call = (self: Self<never, never, string>, ...rest: readonly unknown[]): unknown => freeze(Reflect.apply(handler, protocol, [watched(self), ...rest.map(freeze)]));
    return [[name, call] as const];
  });
  return { ...entry, protocol: { ...protocol, ...Object.fromEntries(wrapped) } };
}

export function frozen(registry: Registry): Registry {
  return registry.map(frozenEntry);
}
