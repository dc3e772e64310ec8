/** What a suite said: nothing when it is green. */
export type Failure = { test: string; message: string }

export type JsonReport = {
  testResults: {
    message: string
    name: string
    status: string
    assertionResults: { fullName: string; status: string; failureMessages: string[] }[]
  }[]
}

/** A file that could not even be read counts as one failure. A suite in which nothing ran proves nothing. */
export function failuresIn({ testResults }: JsonReport): Failure[] {
  if (!testResults.some(({ status, assertionResults }) => status === 'failed' || assertionResults.length > 0)) {
    throw new Error('expected tests in the suite, but found none')
  }
  return testResults.flatMap(({ name, message, status, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed')
    // What fails around the tests, as a hook of a group does, fails no test and leaves no message.
    const elsewhere = message !== '' || failed.length === 0
    const file =
      status === 'failed' && elsewhere ? [{ test: name, message: message || 'failed outside of its tests' }] : []
    return [
      ...file,
      ...failed.map(({ fullName, failureMessages }) => ({ test: fullName, message: failureMessages.join('\n') })),
    ]
  })
}
