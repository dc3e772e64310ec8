import { checkServerIdentity, type PeerCertificate } from 'node:tls'
import { serviceNamed } from './service-name.ts'

/** What a TLS client asks of whom it called: a certificate for the name it called, whose URI says the same, or the service meant. */
export function checkService(host: string, certificate: PeerCertificate, meant = host): Error | undefined {
  const problem = checkServerIdentity(host, certificate)
  if (problem) return problem
  try {
    const service = serviceNamed(certificate.subjectaltname)
    return service === meant
      ? undefined
      : new Error(`expected the certificate of ${meant} but found that of ${service}`)
  } catch (error) {
    return error as Error
  }
}
