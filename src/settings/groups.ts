import type { Control } from '../../workers/model/control.ts';
import type { Parameter, Scenario } from '../../workers/model/scenario.ts';
import { controlsOf } from '../controls/catalogue.ts';
import { parameterOf } from '../controls/settings.ts';
import type { Typed } from './typed.ts';
import { showValue } from './values.ts';

type Order = { readonly id: string; readonly settings: readonly string[] };

const modules = import.meta.glob<{ readonly [name: string]: readonly Order[] }>('../../workers/protocols/**/groups.ts', { eager: true });

/** How the settings of each protocol are grouped, by the name of its folder, which is its own. */
const orders: ReadonlyMap<string, readonly Order[]> = new Map(Object.entries(modules).map(([path, module]) => [path.split('/').at(-2) ?? '', Object.values(module).flat()]));

/** A parameter, and what is known of the setting that it is. */
export type Shown = {
  readonly parameter: Parameter;
  /** The name of its setting, where the protocol has words for it: the text `setting.NAME`. */
  readonly setting: string | null;
  readonly control: Control | undefined;
};

/** Parameters that belong together; null: all that no protocol has put into a group. */
export type Group = { readonly id: string | null; readonly shown: readonly Shown[] };

/** The parameters of a scenario in groups, the most used first; those without a group come last. */
export function groupsOf(scenario: Pick<Scenario, 'parameters'>): readonly Group[] {
  const all = scenario.parameters.map((parameter) => shownOf(scenario, parameter));
  const groups = [...orders].flatMap(([protocol, order]) =>
    order.map(({ id, settings }): Group => ({
      id,
      shown: settings.flatMap((setting) => all.filter((each) => each.setting === setting && each.parameter.sets[0]?.protocol === protocol)),
    })),
  );
  const grouped = new Set(groups.flatMap(({ shown }) => shown));
  return [...groups, { id: null, shown: all.filter((each) => !grouped.has(each)) }].filter(({ shown }) => shown.length > 0);
}

function shownOf(scenario: Pick<Scenario, 'parameters'>, parameter: Parameter): Shown {
  const [goes] = parameter.sets;
  const setting = goes && orders.get(goes.protocol)?.some(({ settings }) => settings.includes(goes.config)) ? goes.config : null;
  const control = goes && controlsOf(scenario, goes.protocol).find((each) => each.setting === goes.config);
  return { parameter, setting, control };
}

/** Whether a setting means anything with these values of the others, as they are typed. */
export function meaningful({ parameter, control }: Shown, scenario: Pick<Scenario, 'parameters'>, typed: Typed): boolean {
  const when = control?.when;
  const protocol = parameter.sets[0]?.protocol;
  const other = when && protocol !== undefined ? parameterOf(scenario, protocol, when) : undefined;
  return !when || !other || typed[other.name] === showValue(other, when.is);
}
