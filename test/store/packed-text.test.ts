import { expect, test } from 'vitest'
import { pack, unpack } from '#store/packed-text'

test.each(['{}', '{"title":"Zażółć \\u0000 🚀"}', JSON.stringify({ a: 'x'.repeat(100_000) })])(
  'a document comes back as it was',
  (json) => {
    expect(unpack(pack(json))).toBe(json)
  },
)

test('a document that was stored before anything was packed comes back as it is', () => {
  expect(unpack('{"action":"opened"}')).toBe('{"action":"opened"}')
})

test('repeated addresses take a small part of their room', () => {
  const json = JSON.stringify(
    Array.from({ length: 200 }, (_, n) => `https://api.github.com/repos/acme/shop/pulls/${n}`),
  )
  expect(pack(json).length).toBeLessThan(json.length / 4)
})
