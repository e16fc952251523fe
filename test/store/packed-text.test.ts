import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { unpack } from '#store/packed-text'

test('a payload that the version before stored whole and packed comes back as it was', () => {
  const json = JSON.stringify({ title: 'Zażółć \u0000 🚀', body: 'x'.repeat(100_000) })
  expect(unpack(`z${deflateRawSync(json).toString('base64')}`)).toBe(json)
})

test('what is not packed comes back as it is', () => {
  expect(unpack('{"action":"opened"}')).toBe('{"action":"opened"}')
})
