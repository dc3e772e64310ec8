/** Does something for each, a few at a time. @returns the results in the order of the list */
export async function inTurn<Item, Result>(list: Item[], each: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = []
  for (let start = 0; start < list.length; start += 8) {
    results.push(...(await Promise.all(list.slice(start, start + 8).map(each))))
  }
  return results
}
