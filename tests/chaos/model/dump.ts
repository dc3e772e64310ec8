/** The tables of a pg_dump in whose rows the text stands, and `elsewhere` where it stands outside of rows. */
export function tablesWith(text: string, dump: string): string[] {
  const found = new Set<string>()
  let table = 'elsewhere'
  for (const line of dump.split('\n')) {
    table = /^COPY (?:public\.)?(\S+) .*FROM stdin;$/.exec(line)?.[1] ?? table
    if (line.includes(text)) found.add(table)
    if (line === '\\.') table = 'elsewhere'
  }
  return [...found].toSorted()
}
