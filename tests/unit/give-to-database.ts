import { execFileSync } from 'node:child_process'

/** The files of a folder become the databases' user's, as PostgreSQL demands of a key. An ordinary user has a container do it. */
export function giveToDatabase(folder: string): void {
  const image = `secure-ecommerce/database:${process.env.IMAGE_TAG ?? '1.0.0'}`
  const confined = [
    '--network',
    'none',
    '--cap-drop',
    'ALL',
    '--cap-add',
    'CHOWN',
    '--cap-add',
    'DAC_OVERRIDE',
    '--user',
    '0:0',
  ]
  const command = ['--entrypoint', 'sh', image, '-c', 'chown 999:999 /given/*']
  execFileSync('docker', ['run', '--rm', ...confined, '--volume', `${folder}:/given`, ...command])
}
