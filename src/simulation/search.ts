/** Position of the last number that is at most `value` in an ascending list, or −1. */
export function lastAtMost(ascending: readonly number[], value: number): number {
  return lastIndexWhere(ascending, (item) => item <= value);
}

/** Position of the last item for which `before` holds, or −1; it must hold for a first part of the list and for nothing after it. */
export function lastIndexWhere<Item>(items: readonly Item[], before: (item: Item) => boolean): number {
  let low = -1;
  let high = items.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const item = items[middle];
    if (item !== undefined && before(item)) low = middle;
    else high = middle - 1;
  }
  return low;
}
