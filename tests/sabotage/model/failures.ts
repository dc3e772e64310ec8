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
    const file = status === 'failed' && message !== '' ? [{ test: name, message }] : []
    return [
      ...file,
      ...failed.map(({ fullName, failureMessages }) => ({ test: fullName, message: failureMessages.join('\n') })),
    ]
  })
}
