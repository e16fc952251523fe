import { execFileSync } from 'node:child_process'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { spellOutCase } from '#core/rules/letter-case'

test.each([
  ['(?i:web_?hook|ipn)x', '(?:[wW][eE][bB]_?[hH][oO][oO][kK]|[iI][pP][nN])x'],
  ['a(?i:[a-f\\d]\\b(?<n>c))d', 'a(?:[a-fA-F\\d]\\b(?<n>[cC]))d'],
  ['(?i:{list}\\.o)', '(?:{list}\\.[oO])'],
  ['(?<!a)(?i:b)(?=c)', '(?<!a)(?:[bB])(?=c)'],
  ['[(?i:a)]', '[(?i:a)]'],
])('%s', (source, spelled) => {
  expect(spellOutCase(source)).toBe(spelled)
})

test('a spelled out pattern finds what the other one means', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'B', '_', '1', 'z'), maxLength: 6 })
  fc.assert(
    fc.property(word, word, (pattern, text) => {
      const meant = new RegExp(`^${pattern}$`, 'i').test(text)
      expect(new RegExp(spellOutCase(`^(?i:${pattern})$`)).test(text)).toBe(meant)
    }),
  )
})

test('it holds where V8 does not optimise regular expressions', () => {
  const source = spellOutCase('(?i:web_?hook|callback)')
  const program = `process.stdout.write(String(new RegExp(${JSON.stringify(source)}, 'm').test('func GithubWebhook')))`
  const args = ['--no-regexp-optimization', '-e', program]
  expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe('true')
})
