/** Declarations in the language of nft(8), indented to stand inside a table. */
export function counters(names: string[]): string[] {
  return [...new Set(names)].map((name) => `  counter ${name} { }`)
}

export function set(name: string, type: string, elements: string[]): string {
  return collection('set', name, type, elements)
}

/** Each element is `key : value`. */
export function map(name: string, type: string, elements: string[]): string {
  return collection('map', name, type, elements)
}

function collection(kind: 'set' | 'map', name: string, type: string, elements: string[]): string {
  const content = elements.map((element) => `      ${element},\n`).join('')
  return `  ${kind} ${name} {\n    ${type}\n${content === '' ? '' : `    elements = {\n${content}    }\n`}  }`
}

/** Of an element that counts while a second copy of the service is there. */
export function whileThere(service: string): string {
  return condition('IF_NEXT', service)
}

/** Of an element that counts from then until the second copy is healthy. */
export function whileWaiting(service: string): string {
  return condition('IF_WAITING', service)
}

/** Of an element that counts once the second copy is healthy. */
export function whileServing(service: string): string {
  return condition('IF_SERVING', service)
}

/** Filled in with nothing, or with what makes a comment of the line. */
function condition(kind: string, service: string): string {
  return `@${kind}_${service.toUpperCase().replaceAll('-', '_')}@ `
}
