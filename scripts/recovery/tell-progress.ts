const interval = 10_000

/** Takes the lines that pgBackRest and PostgreSQL print, and tells every ten seconds how far a base backup or a recovery is by them. */
export function tellProgress(database: string): (line: string) => void {
  let told = performance.now()
  return (line) => {
    const [, percent] = /, ([\d.]+)%\)/.exec(line) ?? []
    const [, segment] = /restored log file "(\w+)" from archive/.exec(line) ?? []
    if (!(percent || segment) || performance.now() - told < interval) return
    told = performance.now()
    console.log(`${database}: ${percent ? `${percent} %` : `replaying ${segment}`}`)
  }
}
