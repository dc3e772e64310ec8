import type { Attempt } from './connect.ts'

export const many = (times: number, attempt: Attempt): Attempt[] => Array.from({ length: times }, () => attempt)

export const count = (outcomes: string[], outcome: string): number => outcomes.filter((each) => each === outcome).length
