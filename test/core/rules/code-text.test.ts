import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LANGUAGES } from '#core/facts/fact'
import {
  codeOnly,
  literal,
  readKeywords,
  readObject,
  splitTopLevel,
  withoutComments,
} from '#core/rules/code-text'

describe('an object literal', () => {
  const keys = (text: string) => [...readObject(text, 'typescript').entries.keys()]

  test('gives its own keys, not those of what is inside', () => {
    expect(keys("{ a: 1, 'b-c': { d: 2 }, e: f({ g: 3 }), h }")).toEqual(['a', 'b-c', 'e', 'h'])
  })

  test('is not fooled by strings, comments and templates', () => {
    expect(keys('{ a: "}, x: 1", /* y: 2, */ b: `{, z: 3`, // w: 4,\n c: 5 }')).toEqual([
      'a',
      'b',
      'c',
    ])
  })

  test.each(['{ a: 1, ...rest }', '{ [key]: 1 }', 'options', '', `{ a: ${'1'.repeat(30_000)} }`])(
    'that cannot be read in full is open: %s',
    (text) => {
      expect(readObject(text, 'typescript').open).toBe(true)
    },
  )

  test('keeps methods and short forms', () => {
    expect(readObject('{ onError(e) { return 1 }, timeout }', 'typescript')).toMatchObject({
      open: false,
    })
  })
})

test('keyword arguments are told from comparisons and positions', () => {
  const { entries, open } = readKeywords(['url', 'timeout=5', 'a == b', 'json={"a": 1}'])
  expect([...entries]).toEqual([
    ['timeout', '5'],
    ['json', '{"a": 1}'],
  ])
  expect(open).toBe(false)
  expect(readKeywords(['**options']).open).toBe(true)
})

test('only a whole literal is a literal', () => {
  expect(literal("'a'")).toBe('a')
  expect(literal('f"a{b}"')).toBe('a{b}')
  expect(literal("'a' + 'b'")).toBeNull()
  expect(literal('a')).toBeNull()
})

test('comments say nothing about what code does', () => {
  expect(withoutComments("a // verify\n'# no'", 'typescript')).toBe("a          \n'# no'")
  expect(withoutComments('a # verify', 'python')).toBe('a         ')
  expect(codeOnly("f('verify')", 'typescript')).toBe('f(        )')
  expect(withoutComments('a # x\n// y', 'php')).toBe('a    \n    ')
  expect(withoutComments("#x 'a", 'go')).toBe("#x 'a")
})

test('a quote that holds one character, or names a lifetime, opens no string', () => {
  expect(codeOnly(`f<'a>(x: &'a str, '"') // y`, 'rust')).toBe(`f<'a>(x: &'a str,    )     `)
  expect(codeOnly(`put('\\'', "a")`, 'java')).toBe('put(    ,    )')
})

test('blanking keeps every line where it is, and ends on any text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.constantFrom(...LANGUAGES),
      (text, language) => {
        const blank = codeOnly(text, language)
        expect(blank.split('\n').length).toBe(text.split('\n').length)
        expect(blank.length).toBe(text.length)
      },
    ),
  )
})

test('the parts of a list are what stands between its commas', () => {
  const part = fc.constantFrom('a', '{ b: 1, c: [2, 3] }', '"x, y"', 'f(1, 2)', '`q, r`')
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      expect(splitTopLevel(parts.join(', '), 'typescript')).toEqual(parts)
    }),
  )
})
