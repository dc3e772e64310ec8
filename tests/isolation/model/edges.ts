/** Directed edges with the ports that may be opened along them. What is not here is denied. */
export class Edges {
  readonly #ports = new Map<string, Set<number>>()

  add(from: string, to: string, ports: number[]): void {
    const known = this.#ports.get(`${from}→${to}`) ?? new Set()
    for (const port of ports) known.add(port)
    this.#ports.set(`${from}→${to}`, known)
  }

  /** In ascending order; none where the edge is denied. */
  ports(from: string, to: string): number[] {
    return [...(this.#ports.get(`${from}→${to}`) ?? [])].sort((a, b) => a - b)
  }

  allows(from: string, to: string): boolean {
    return this.#ports.has(`${from}→${to}`)
  }

  /** Every port that anybody may open on the target. */
  portsOf(target: string): number[] {
    const all = [...this.#ports].filter(([edge]) => edge.endsWith(`→${target}`)).flatMap(([, ports]) => [...ports])
    return [...new Set(all)].sort((a, b) => a - b)
  }

  list(): { from: string; to: string; ports: number[] }[] {
    return [...this.#ports.keys()].map((edge) => {
      const [from = '', to = ''] = edge.split('→')
      return { from, to, ports: this.ports(from, to) }
    })
  }
}
