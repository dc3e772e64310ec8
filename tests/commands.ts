import { stack } from './stack.ts'

/** The commands of every `sh` block of a page that is not marked `not-run`; or of those that are. */
export function commandsOf(page: string, mark: '' | ' not-run' = ''): string[] {
  return [...page.matchAll(/^```sh( not-run)?\n(.*?)^```$/gms)]
    .filter(([, found = '']) => found === mark)
    .flatMap(([, , block = '']) => block.trim().split('\n'))
}

/** As a reader types it, but for the stack that is tested. */
export function onThisStack(command: string): string {
  return command
    .replaceAll('http://localhost', stack.url)
    .replaceAll('ecom-', `${stack.prefix}-`)
    .replaceAll('secure-ecommerce_', `${stack.project}_`)
    .replace(/^curl /, 'curl --silent --show-error --fail-with-body ')
}
