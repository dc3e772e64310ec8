// Stands in for Trivy: knows the flags that it documents and refuses any other, wants the inputs that it wants, and answers with a
// recorded report, less what was not asked for. It looks at nothing.
//   FAKE_DATABASE=fresh|old|none    the vulnerability database; only a fresh one can be renewed
//   FAKE_VERSION=0.69.3
//   FAKE_REPORT=clean               the same report of everything
//   FAKE_APART=yes                  it is in a container, and refuses to have more than it needs there
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

const { FAKE_DATABASE = 'fresh', FAKE_VERSION = '0.69.3' } = process.env

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const
const everywhere = { 'cache-dir': text, timeout: text, format: text, output: text }
const scan = { scanners: text, 'no-progress': flag, 'skip-db-update': flag }
const flags = {
  version: { 'cache-dir': text, format: text },
  image: { ...everywhere, ...scan, input: text, 'image-config-scanners': text, 'download-db-only': flag },
  fs: { ...everywhere, ...scan },
  convert: everywhere,
}

function fatal(message: string): never {
  console.error(`2026-11-20T10:00:00Z\tFATAL\tFatal error\t${message}`)
  process.exit(1)
}

function isReadOnly(folder: string): boolean {
  return readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .some((line) => line.split(' ')[1] === folder && /^ro(,|$)/.test(line.split(' ')[3] ?? ''))
}

const recorded = (name: string) => JSON.parse(readFileSync(new URL(`recorded/${name}.json`, import.meta.url), 'utf8'))

if (process.env.FAKE_APART) {
  if (existsSync('/var/run/docker.sock')) fatal('expected no socket of Docker')
  if (!isReadOnly('/')) fatal('expected a read-only root file system')
}

const [command = '', ...rest] = process.argv.slice(2)
if (command === '--version') {
  console.log(`Version: ${FAKE_VERSION}`)
  process.exit()
}
if (!(command in flags)) fatal(`unknown command "${command}" for "trivy"`)
const { values, positionals } = parseArgs({
  args: rest,
  options: flags[command as 'image'],
  allowPositionals: true,
})

/** What the report has of what was asked for. */
function write(name: string): void {
  const asked = (values.scanners ?? 'vuln,secret').split(',')
  if (asked.includes('vuln') && FAKE_DATABASE === 'none') fatal('init error: DB error: database error: there is none')
  const report = recorded(process.env.FAKE_REPORT || name)
  for (const result of report.Results ?? []) {
    if (!asked.includes('vuln')) delete result.Vulnerabilities
    if (!asked.includes('secret')) delete result.Secrets
    if (!asked.includes('misconfig')) delete result.Misconfigurations
  }
  writeFileSync(values.output ?? '/dev/stdout', JSON.stringify(report))
}

switch (command) {
  case 'version': {
    const day = 86_400_000
    const made = new Date(Date.now() - (FAKE_DATABASE === 'old' ? 30 * day : day)).toISOString()
    const VulnerabilityDB = { Version: 2, NextUpdate: made, UpdatedAt: made, DownloadedAt: made }
    console.log(JSON.stringify({ Version: FAKE_VERSION, ...(FAKE_DATABASE !== 'none' && { VulnerabilityDB }) }))
    break
  }
  case 'image': {
    if (values['download-db-only']) {
      if (FAKE_DATABASE !== 'fresh') fatal('init error: DB error: failed to download vulnerability DB: no such host')
      break
    }
    if (!existsSync(values.input ?? '')) fatal(`unable to open ${values.input}: no such file`)
    const [{ RepoTags }] = JSON.parse(
      execFileSync('tar', ['-xOf', values.input ?? '', 'manifest.json'], { encoding: 'utf8' }),
    )
    const name = RepoTags[0].replace(/^.*\/|:.*$/g, '')
    if (name === 'broken') fatal('image scan error: unable to initialize the scanner')
    write(name)
    break
  }
  case 'fs':
    if (!existsSync(`${positionals[0]}/package.json`) || existsSync(`${positionals[0]}/node_modules`)) {
      fatal(`expected the files of the repository in ${positionals[0]}`)
    }
    write('repository')
    break
  case 'convert': {
    if (values.format !== 'cyclonedx') fatal('unknown format')
    const { ArtifactName } = JSON.parse(readFileSync(positionals[0] ?? '', 'utf8'))
    const component = { type: 'container', name: ArtifactName, 'bom-ref': ArtifactName }
    const tools = { components: [{ type: 'application', group: 'aquasecurity', name: 'trivy', version: FAKE_VERSION }] }
    const sbom = {
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      version: 1,
      metadata: { tools, component },
      components: [],
    }
    writeFileSync(values.output ?? '', JSON.stringify(sbom))
  }
}
