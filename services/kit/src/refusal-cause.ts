const otherAuthority = 'a certificate of another authority'

/** What OpenSSL's and Node's codes come to. With a list of revocations, a foreign authority first shows as one without such a list. */
const causes: Record<string, string> = {
  ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE: 'no certificate',
  UNABLE_TO_GET_CRL: otherAuthority,
  CRL_SIGNATURE_FAILURE: otherAuthority,
  CERT_SIGNATURE_FAILURE: otherAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: otherAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: otherAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: otherAuthority,
  DEPTH_ZERO_SELF_SIGNED_CERT: 'a self-signed certificate',
  CERT_HAS_EXPIRED: 'a certificate that has run out',
  CERT_NOT_YET_VALID: 'a certificate that is not valid yet',
  CERT_REVOKED: 'a certificate that was revoked',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'a version of TLS before 1.3',
  ERR_SSL_HTTP_REQUEST: 'plain text',
  ECONNRESET: 'left during the handshake',
}

/** In words, why a handshake came to nothing. */
export function refusalCause(code: string | undefined): string {
  return causes[code ?? ''] ?? 'the handshake failed'
}
