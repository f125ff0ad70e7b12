/** Sentences for a place that is a line and a column, and for one that is a path in a JSON document. */
type AtPlaces<Sentences> = { readonly [Key in keyof Sentences & string as `${Key}.line` | `${Key}.path`]: string };

/** Makes of each sentence the two that say where. */
export function atPlaces<Sentences extends { readonly [key: string]: string }>(sentences: Sentences, atLine: string, atPath: string, end: string): AtPlaces<Sentences> {
  const made: { [key: string]: string } = {};
  for (const [key, sentence] of Object.entries(sentences)) {
    made[`${key}.line`] = `${atLine}${sentence}${end}`;
    made[`${key}.path`] = `${atPath}${sentence}${end}`;
  }
  return made as AtPlaces<Sentences>;
}
