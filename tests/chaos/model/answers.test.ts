import { expect, test } from 'vitest'
import { type Answer, unequalAnswers } from './answers.ts'

const answer = (sent: number, status: number, body: string): Answer => ({ sent, received: sent + 10, status, body })
const soldOut = (id: string) => `{"error":"Not enough stock","requestId":"${id}"}`

test.each<{ why: string; answers: Answer[]; kept?: { status: number; body: string }; wrong: number }>([
  {
    why: 'all are the kept one',
    answers: [answer(0, 201, 'a'), answer(5, 201, 'a')],
    kept: { status: 201, body: 'a' },
    wrong: 0,
  },
  {
    why: 'a byte differs',
    answers: [answer(0, 201, 'a'), answer(5, 201, 'b')],
    kept: { status: 201, body: 'a' },
    wrong: 1,
  },
  { why: 'the status differs', answers: [answer(0, 202, 'a')], kept: { status: 201, body: 'a' }, wrong: 1 },
  {
    why: 'sold out at first, then there was one',
    answers: [answer(0, 409, soldOut('1')), answer(20, 201, 'a')],
    kept: { status: 201, body: 'a' },
    wrong: 0,
  },
  {
    why: 'sold out although it was answered before',
    answers: [answer(0, 201, 'a'), answer(20, 409, soldOut('1'))],
    kept: { status: 201, body: 'a' },
    wrong: 1,
  },
  {
    why: 'never claimed, each time sold out',
    answers: [answer(0, 409, soldOut('1')), answer(20, 409, soldOut('2'))],
    wrong: 0,
  },
  { why: 'paid, but nothing is known of it', answers: [answer(0, 201, 'a')], wrong: 1 },
])('$why', ({ answers, kept, wrong }) => expect(unequalAnswers(answers, kept)).toHaveLength(wrong))
