import { expect, test } from 'vitest'
import { commonPasswords } from './common-passwords.ts'
import { passwordProblem } from './password-rules.ts'

const email = 'Ada.Lovelace@example.com'

test.each([
  ['words', 'correct horse battery staple'],
  ['letters alone: nothing must be mixed in', 'analyticalengine'],
  ['ten characters of any script', '北京烤鸭很好吃的呀！'],
  ['128 of two UTF-16 units each', `${'𝒜'.repeat(126)}bc`],
  ['spaces at both ends', '  a long one  '],
  ['the e-mail and more', 'ada.lovelace@example.com 1815'],
])('%s: taken', (_, password) => {
  expect(passwordProblem(password, email)).toBeUndefined()
})

test.each([
  ['nine characters', 'short one', 'at least 10'],
  ['nine characters in twelve code points', 'e\u0301e\u0301e\u0301 twelv', 'at least 10'],
  ['129 characters', `${'ab cd '.repeat(21)}xyz`, 'at most 128'],
  ['the e-mail in other letters', 'ADA.lovelace@EXAMPLE.com', 'must not be the e-mail'],
  ['its name', 'ada.lovelace', 'must not be the e-mail'],
  ['a common one', 'Password123', 'guessed first'],
  ['the same in wide letters', 'ｐａｓｓｗｏｒｄ１２３', 'guessed first'],
  ['one letter', 'aaaaaaaaaaaa', 'guessed first'],
  ['three over and over', 'xyzxyzxyzxyz', 'guessed first'],
  ['a piece of the alphabet', 'cdefghijklm', 'guessed first'],
  ['a keyboard backwards', 'lkjhgfdsapoi', 'guessed first'],
  ['half a character', 'lone surrogate \ud800', 'must be text'],
])('%s: refused', (_, password, says) => {
  expect(passwordProblem(password, email)).toContain(says)
})

test('what is said of a password does not contain it', () => {
  for (const password of ['hunter2', 'password123', email]) {
    expect(passwordProblem(password, email)?.includes(password)).toBe(false)
  }
})

test('the list has only what the length would let through, in the letters it is compared in', () => {
  expect(commonPasswords.size).toBeGreaterThan(200)
  for (const password of commonPasswords) {
    expect(password).toBe(password.normalize('NFKC').toLowerCase())
    expect(password.length, password).toBeGreaterThanOrEqual(10)
  }
})
