/** One way to break the stack, and who must notice. */
export type Sabotage = {
  /** What is done, as the name of the test. */
  why: string
  suite: 'isolation' | 'hardening' | 'edge' | 'waf'
  /** The suite's files that can see it, where all of them would take long. */
  tests?: string[]
  /** Name or message of a failing test: the right cell or control, not just anything red. */
  finds: RegExp
  break?: () => Promise<unknown>
  repair?: () => Promise<unknown>
  /** Files that the suite reads instead of the repository's, as its environment. */
  files?: () => Promise<NodeJS.ProcessEnv>
}
