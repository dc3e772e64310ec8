import { expect, test } from 'vitest'
import { parseMoment } from './moment.ts'

const now = new Date('2026-11-22T12:00:00Z')

test.each([
  '2026-11-22 10:15:00+00',
  '2026-11-22 11:15+01',
  '2026-11-22T10:15:00.000Z',
  '2026-11-22 05:45:00 -04:30',
  '2026-11-22 15:45:00+0530',
])('%s is one moment', (text) => {
  expect(parseMoment(text, now).toISOString()).toBe('2026-11-22T10:15:00.000Z')
})

test.each([
  { why: 'without a zone', text: '2026-11-22 10:15:00', says: 'expected a moment with its zone' },
  { why: 'without a time', text: '2026-11-22', says: 'expected a moment with its zone' },
  { why: 'that no clock shows', text: '2026-11-22 25:00:00Z', says: 'expected a moment with its zone' },
  { why: 'that is a word', text: 'yesterday', says: 'but found yesterday' },
  {
    why: 'still to come',
    text: '2026-11-22 12:00:01Z',
    says: 'expected a moment that has passed but found 2026-11-22T12',
  },
])('one $why is refused', ({ text, says }) => {
  expect(() => parseMoment(text, now)).toThrow(says)
})
