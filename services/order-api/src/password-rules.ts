import { commonPasswords } from './common-passwords.ts'

const minimum = 10
const maximum = 128

/** As people are told, and as the API's description says it. */
export const passwordRules = `${minimum} to ${maximum} characters of any kind; none of the most common passwords, and not the e-mail`

/**
 * What is wrong with a new password, or undefined. By NIST SP 800-63B: long enough, not one that is guessed first, and no rules on
 * what it is made of. It is never part of what is said.
 */
export function passwordProblem(password: string, email: string): string | undefined {
  const characters = [...password.normalize('NFC')]
  if (!password.isWellFormed()) return 'password must be text'
  if (characters.length < minimum) return `password must be at least ${minimum} characters long`
  if (characters.length > maximum) return `password must be at most ${maximum} characters long`

  const plain = password.normalize('NFKC').toLowerCase()
  const [name] = email.toLowerCase().split('@')
  if (plain === email.toLowerCase() || plain === name) return 'password must not be the e-mail'
  if (commonPasswords.has(plain) || isRepetition(plain) || isSequence(plain)) {
    return 'password is among those that are guessed first'
  }
  return undefined
}

/** One, two or three characters over and over. */
function isRepetition(text: string): boolean {
  return /^(.{1,3})\1+$/u.test(text)
}

const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
]

/** A piece of the alphabet, of the digits or of a keyboard, in either direction. */
function isSequence(text: string): boolean {
  const backwards = [...text].toReversed().join('')
  return rows.some((row) => row.includes(text) || row.includes(backwards))
}
