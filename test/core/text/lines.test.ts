import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byteLength, clip, splitLines } from '#core/text/lines'

test('a final newline starts no further line', () => {
  expect([splitLines(''), splitLines('a'), splitLines('a\n'), splitLines('a\n\n')]).toEqual([
    [],
    ['a'],
    ['a'],
    ['a', ''],
  ])
})

test('a carriage return belongs to the line ending only before a newline', () => {
  expect(splitLines('a\r\nb\rc\n')).toEqual(['a', 'b\rc'])
})

test('a cut never splits a pair of surrogates', () => {
  expect(clip('ab🎉cd', 4)).toBe('ab…')
  expect(clip('abcd', 4)).toBe('abcd')
})

test('the length in bytes is that of UTF-8', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(byteLength(text)).toBe(new TextEncoder().encode(text).length)
    }),
  )
})
