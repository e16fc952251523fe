import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stripComments } from '#core/filter/strip-comments'

describe('comments are blanked, strings and line numbers kept', () => {
  test.each([
    ['c', ['a() // b', 'c /* d', 'e', 'f */ g', "'// no'"], ['a() ', 'c ', '', ' g', "'// no'"]],
    [
      'c',
      ["const u = 'https://x.dev' // y", 'https://x.dev'],
      ["const u = 'https://x.dev' ", 'https://x.dev'],
    ],
    ['c', ['`a // b', 'c` // d'], ['`a // b', 'c` ']],
    ['c', ['a /*/ b */ c'], ['a  c']],
    ['c', ["'\\' // no' // yes"], ["'\\' // no' "]],
    ['hash', ['a # b', 'url#part', '"# no"'], ['a ', 'url#part', '"# no"']],
    [
      'python',
      ['"""doc', 'import x', '"""', 'y = """kept', 'z"""'],
      ['', '', '', 'y = """kept', 'z"""'],
    ],
    ['ruby', ['=begin', 'x', '=end', 'y # z'], ['', '', '', 'y ']],
    ['sql', ['select 1 -- x', "'--'"], ['select 1 ', "'--'"]],
    ['hcl', ['a = 1 # x', '// y', '/* z */ b = "#"'], ['a = 1 ', '', ' b = "#"']],
    ['markup', ['<a/><!-- x', 'y --><b/>'], ['<a/>', '<b/>']],
    ['php', ['$a; # b', '$c; // d'], ['$a; ', '$c; ']],
  ] as const)('%s %j', (style, lines, wanted) => {
    expect(stripComments(lines, style)).toEqual(wanted)
  })

  test('gives one line for each line and never throws', () => {
    const style = fc.constantFrom(
      'c',
      'php',
      'hash',
      'python',
      'ruby',
      'hcl',
      'sql',
      'markup',
      'none',
    )
    const mark = fc.constantFrom(
      '/*',
      '*/',
      '//',
      '#',
      '"',
      "'",
      '`',
      '"""',
      '\\',
      '--',
      '<!--',
      '-->',
      'a',
    )
    const line = fc.array(mark, { maxLength: 10 }).map((marks) => marks.join(''))
    fc.assert(
      fc.property(style, fc.array(line, { maxLength: 20 }), (name, lines) => {
        expect(stripComments(lines, name)).toHaveLength(lines.length)
      }),
    )
  })
})
