/** The first three are the rules of security/falco-rules.yaml. */
export const kinds = [
  ...(['database client', 'payment', 'write'] as const),
  ...(['process', 'port', 'connection', 'mount', 'network', 'rights', 'image', 'declaration', 'container'] as const),
]

/** One thing that is not as declared. */
export type Deviation = {
  kind: (typeof kinds)[number]
  /** A service, a network, or the name of a container that is neither. */
  target: string
  expected: string
  found: string
}

export const lineOf = ({ target, expected, found }: Deviation): string =>
  `${target}: expected ${expected} but found ${found}`

/** Lists for people: `8443, 8002`, or "nothing". */
export const listed = (items: (string | number)[]): string => items.join(', ') || 'nothing'
