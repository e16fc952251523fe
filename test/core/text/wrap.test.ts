import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wrapText } from '#core/text/wrap'

test('paragraphs are filled and lists hang', () => {
  const text =
    'one two\nthree four five\n\n- six seven eight nine\n- ten\n\n```ts\n  keep   this as it is\n```\nend'
  expect(wrapText(text, 16)).toEqual([
    'one two three',
    'four five',
    '',
    '- six seven',
    '  eight nine',
    '- ten',
    '',
    '      keep   this as it is',
    'end',
  ])
})

test('no word is lost and no line is too long unless a word is', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(words, fc.integer({ min: 10, max: 40 }), (list, width) => {
      const lines = wrapText(list.join(' '), width)
      expect(lines.join(' ').split(' ')).toEqual(list)
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width)
    }),
  )
})
