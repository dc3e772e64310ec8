/** How far a second copy's addresses are from the first one's. */
const distance = 100

/** The address and the MAC of the second copy of a service that is replaced. */
export function nextTo<At extends { address: string; host: number; mac: string }>(at: At): At {
  const host = at.host + distance
  return {
    ...at,
    host,
    address: at.address.replace(/\d+$/, String(host)),
    mac: at.mac.replace(/[0-9a-f]{2}$/, host.toString(16).padStart(2, '0')),
  }
}
