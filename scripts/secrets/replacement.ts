/**
 * How a secret is replaced of which several know: in three steps, between which everybody has to have read the file. Whoever reads
 * it shows the first line to others and takes both from them.
 *
 *   offer   the old one, the new one
 *   use     the new one, the old one
 *   retire  the new one
 */
export const steps = ['offer', 'use', 'retire'] as const
export type Step = (typeof steps)[number]

export function isStep(text: string | undefined): text is Step {
  return steps.includes(text as Step)
}

/** What the file holds after the step. A step that was done before changes nothing, and none leads back. */
export function linesAfter(step: Step, content: string, next: string): string {
  const lines = content.split('\n')
  const old = lines.find((line) => line !== next)
  if (old === undefined || step === 'retire') return next
  return step === 'use' || lines[0] === next ? `${next}\n${old}` : `${old}\n${next}`
}
