const domain = 'spiffe://secure-ecommerce/'

/** One name of a list as Node writes it: whatever is unusual in a name is quoted there as in JSON. */
const namePattern = /([A-Za-z ]+):("(?:[^"\\]|\\.)*"|[^,"]*)(?:, |$)/gy

/**
 * Which service a certificate is for: its only URI, an X509-SVID's (SPIFFE, X509-SVID §2). Throws where there is none, more than one
 * or one of another domain.
 *
 * @param subjectAltName as Node gives it, `URI:spiffe://secure-ecommerce/order-api, DNS:order-api`
 */
export function serviceNamed(subjectAltName: string | undefined): string {
  const text = subjectAltName ?? ''
  const names = [...text.matchAll(namePattern)]
  if (names.map(([name]) => name).join('') !== text)
    throw new Error(`expected names in the certificate but found ${text}`)
  const uris = names.filter(([, type]) => type === 'URI').map(([, , value = '']) => value)
  const [uri = ''] = uris
  if (uris.length !== 1) throw new Error(`expected one URI in the certificate but found ${uris.length}`)
  const service = uri.startsWith(domain) ? uri.slice(domain.length) : ''
  if (!/^[a-z][a-z-]*$/.test(service)) throw new Error(`expected a URI ${domain}… in the certificate but found ${uri}`)
  return service
}
