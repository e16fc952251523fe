import { expect, test } from 'vitest'
import { matchersOf } from '#core/facts/fact-pack'
import { createScan } from '#scan/create-scan'
import { spellOutWords } from '#scan/word-class'

const WORD = '0-9A-Za-z_\\u{80}-\\u{10FFFF}'

test.each([
  ['alone', '^\\w+$', `^(?-i:[${WORD}])+$`],
  ['in a class', '(?i)[\\w.-]*x', `(?i)(?-i:[${WORD}.-])*x`],
  ['in a class of what is not meant', '[^\\s\\w]', `(?-i:[^\\s${WORD}])`],
  ['after a bracket', '\\[\\w\\]', `\\[(?-i:[${WORD}])\\]`],
  ['after a backslash, where it is a letter', '\\\\w[\\\\w]', '\\\\w[\\\\w]'],
  ['after two backslashes', '[\\\\\\w]', `(?-i:[\\\\${WORD}])`],
  ['not at all', '^(get|post)\\b', '^(get|post)\\b'],
])('a letter of any word %s', (_, regex, expected) => {
  expect(spellOutWords(regex)).toBe(expected)
})

/** The names of a text that a regular expression is true of. */
async function found(regex: string, names: readonly string[]): Promise<readonly string[]> {
  const rules = [{ id: 'name', set: {}, rule: { kind: 'identifier', regex, pattern: '$NAME' } }]
  const matchers = matchersOf('function', { languages: ['typescript'], rules })
  const source = { path: 'a.ts', text: names.map((name) => `${name};\n`).join('') }
  const { facts, failed } = await createScan({ matchers }).facts([source])
  expect(failed).toEqual([])
  return facts.map(({ text }) => text)
}

test('ast-grep still finds names in any alphabet, and no signs', async () => {
  const names = ['zahlung', 'größe_2', 'платёж', '支払い', '$pay', 'GRÖSSE_2']
  expect(await found('^\\w+$', names)).toEqual(names.filter((name) => name !== '$pay'))
  expect(await found('(?i)^gr[\\w]+_2$', names)).toEqual(['größe_2', 'GRÖSSE_2'])
  expect(await found('^[^\\w]', names)).toEqual(['$pay'])
})
