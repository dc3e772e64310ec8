/** The names that scripts/policy gives to the counters of the rules. */
export const accepted = (from: string, to: string): string => `accept_${from}__${to}`
export const dropped = (from: string, to: string, network: string): string => `drop_${from}__${to}__${network}`
