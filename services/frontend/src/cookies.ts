import type { Response } from 'express'

export function readCookie(header: string | undefined, name: string): string | undefined {
  const pair = (header ?? '').split(/;\s*/).find((text) => text.startsWith(`${name}=`))
  return pair?.slice(name.length + 1)
}

/** Sends a cookie along with the answer, instead of what the answer had under this name so far. */
export function setCookie(res: Response, name: string, value: string, attributes: string): void {
  const others = [res.getHeader('set-cookie') ?? []].flat().filter((line) => !String(line).startsWith(`${name}=`))
  res.setHeader('set-cookie', [...others.map(String), `${name}=${value}; ${attributes}`])
}

type Options = {
  sameSite: 'Lax' | 'Strict'
  /** Seconds; 0 forgets it. Without it ends with the browser's session. */
  maxAge?: number
}

/**
 * A cookie that is ours alone: `__Host-` makes browsers take it from this very host over a secure connection only, where any
 * other can be planted from a sibling domain or by somebody on the way of a plain HTTP request. http://localhost counts as secure.
 */
export function setHostCookie(
  res: Response,
  name: `__Host-${string}`,
  value: string,
  { sameSite, maxAge }: Options,
): void {
  const age = maxAge === undefined ? '' : `; Max-Age=${maxAge}`
  setCookie(res, name, value, `Path=/${age}; Secure; HttpOnly; SameSite=${sameSite}`)
}
