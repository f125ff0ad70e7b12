import type { Json } from './json.ts';

/**
 * A setting of a protocol that may be changed while a run plays, by an intervention, and takes hold at once. What it may
 * be is said by the scenario's parameter that sets it; a scenario that has none does not offer it.
 * Texts: `setting.NAME` as it stands inside a sentence ("the policy"), `setting.NAME.one` of a list's single value, and of
 * each choice `setting.NAME.CHOICE`, with `setting.NAME.CHOICE.how` in a line.
 */
export type Control = {
  /** Its key in the protocol's configuration. */
  readonly setting: string;
  /** The nodes with which it is shown are those that the configuration names under this key; null: all that it names nowhere. */
  readonly at: string | null;
  /** Those who are told, by the same kind of key, where they are others. */
  readonly to?: string;
  /** Its value is a list: one for each of the nodes that the configuration names under this key. */
  readonly each?: string;
  /** Its value is a list of nodes, those for which it holds. Needs no parameter. */
  readonly members?: true;
  /** How a press makes it more or less: by one, by about a tenth, or twofold. */
  readonly step?: 'one' | 'tenth' | 'double';
  /** The choices in groups, whose names are the texts `setting.NAME.group.ID`. Such a setting names the run above its stage. */
  readonly groups?: readonly { readonly id: string; readonly choices: readonly string[] }[];
  /** It means something only while another setting has this value. */
  readonly when?: { readonly setting: string; readonly is: Json };
  /** Its value stands beside the name of the choice that it belongs to: the text `setting.NAME.beside`. */
  readonly beside?: true;
};
