import express from 'express'
import { afterAll, expect, test } from 'vitest'
import { listen } from '../../../tests/unit/listen.ts'
import { createClient, NotSentError } from './client.ts'

/** A service whose answers come when they are let go. */
const held: (() => void)[] = []
const slow = await listen(express().use((_req, res) => void held.push(() => res.json({}))))
afterAll(() => slow[Symbol.asyncDispose]())

test('no more wait for a slow service than it has connections: the next is told at once, and is not sent', async () => {
  const client = createClient('The slow service', slow.url)
  const underWay = Array.from({ length: 128 }, () => client.request({ method: 'GET', path: '/' }))
  const oneMore = client.request({ method: 'GET', path: '/' })
  await expect(oneMore).rejects.toBeInstanceOf(NotSentError)
  await expect(oneMore).rejects.toMatchObject({ status: 503, headers: { 'retry-after': '2' } })

  const answering = setInterval(() => {
    for (const answer of held.splice(0)) answer()
  }, 5)
  expect(await Promise.all(underWay)).toEqual(Array(128).fill({}))
  expect(await client.request({ method: 'GET', path: '/' })).toEqual({})
  clearInterval(answering)
  await client.close()
})
