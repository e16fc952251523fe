import { expect, test } from 'vitest'
import { escapeHidden, escapeLine, hasHidden } from '#core/text/hidden-characters'

const hidden = [
  0x00, 0x08, 0x1b, 0x7f, 0x9f, 0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x180e, 0x200b, 0x200f,
  0x2028, 0x202a, 0x202e, 0x2060, 0x2064, 0x2066, 0x206f, 0x3164, 0xfe00, 0xfe0f, 0xfeff, 0xffa0,
  0xfffb, 0xe0041, 0xe007f, 0xe0fff,
]

test.each(hidden.map((code) => [code.toString(16)]))('U+%s is made visible', (hex) => {
  const character = String.fromCodePoint(Number.parseInt(hex, 16))
  expect(hasHidden(`a${character}b`)).toBe(true)
  expect(escapeHidden(`a${character}b`)).toBe(`a\\u{${hex.toUpperCase().padStart(4, '0')}}b`)
})

test('line breaks, tabs and every ordinary script stay as they are', () => {
  const text = 'a\tb\r\nc — é 文件 кириллица 🎉'
  expect(escapeHidden(text)).toBe(text)
  expect(hasHidden(text)).toBe(false)
})

test('asking twice gives the same answer', () => {
  expect([hasHidden('\u200b'), hasHidden('\u200b')]).toEqual([true, true])
})

test('one line of output stays one line', () => {
  expect(escapeLine('a\nb\r\tc\u202e')).toBe('a\\nb\\r\\tc\\u{202E}')
})
