/** What wants somebody's attention is an alarm. */
export type Line = { text: string; alarm?: boolean }

export const textOf = ({ text, alarm }: Line): string => `${alarm ? '!' : ' '} ${text}`
