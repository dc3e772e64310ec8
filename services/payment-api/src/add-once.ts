/**
 * Adds the rows of a group of calls, of which several may ask for the same one, and finds those that were there before.
 *
 * @param key the column that says which row is which
 * @param add adds what is not there yet, and returns only that
 * @returns for each call its row, and whether this very call added it: of several only one is told so
 */
export async function addOnce<Key extends string, Input extends Record<Key, string>, Row extends Record<Key, string>>(
  key: Key,
  inputs: Input[],
  add: (inputs: Input[]) => Promise<Row[]>,
  find: (keys: string[]) => Promise<Row[]>,
): Promise<{ row: Row; added: boolean }[]> {
  const first = new Map<string, Input>()
  for (const input of inputs) if (!first.has(input[key])) first.set(input[key], input)

  const added = new Map((await add([...first.values()])).map((row) => [row[key] as string, row]))
  const missing = [...first.keys()].filter((name) => !added.has(name))
  const known = new Map((missing.length === 0 ? [] : await find(missing)).map((row) => [row[key] as string, row]))

  return inputs.map((input) => {
    const name = input[key]
    const row = (added.get(name) ?? known.get(name)) as Row
    return { row, added: added.has(name) && first.get(name) === input }
  })
}
