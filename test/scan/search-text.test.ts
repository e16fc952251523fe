import { describe, expect, test } from 'vitest'
import { searchText } from '#scan/search-text'

const FILES = [
  { path: 'a.ts', text: 'one\r\ntwo\nthree\n' },
  { path: 'b.ts', text: 'two and two\n' },
]

test('a search gives each matching line with its number', async () => {
  expect(await searchText('^t', FILES, 10)).toEqual({
    ok: true,
    matches: [
      { path: 'a.ts', line: 2, text: 'two' },
      { path: 'a.ts', line: 3, text: 'three' },
      { path: 'b.ts', line: 1, text: 'two and two' },
    ],
    cut: false,
  })
})

test('a search stops at the limit and says so', async () => {
  const result = await searchText('two', FILES, 1)
  expect(result).toMatchObject({ ok: true, cut: true, matches: [{ line: 2 }] })
})

test('exactly as many matches as the limit are not cut', async () => {
  expect(await searchText('two', FILES, 2)).toMatchObject({ ok: true, cut: false })
})

describe('patterns of strangers', () => {
  test('a pattern that would run for years is stopped, and this process stays awake', async () => {
    let ticks = 0
    const timer = setInterval(() => {
      ticks += 1
    }, 50)
    const started = performance.now()
    const result = await searchText('^(a+)+$', [{ path: 'x', text: `${'a'.repeat(60)}!` }], 10)
    clearInterval(timer)
    expect(result).toEqual({ ok: false, because: expect.stringContaining('2 seconds') })
    expect(performance.now() - started).toBeLessThan(4_000)
    expect(ticks).toBeGreaterThan(20)
  }, 10_000)

  test('a line is looked at up to 2,000 characters', async () => {
    const text = `${'x'.repeat(2_500)}needle`
    expect(await searchText('needle', [{ path: 'x', text }], 10)).toMatchObject({ matches: [] })
    const found = await searchText('x', [{ path: 'x', text }], 10)
    expect(found.ok && found.matches[0]?.text.length).toBe(2_000)
  })

  test.each(['(', 'a'.repeat(501)])(
    'a pattern that cannot be used is refused: %s',
    async (pattern) => {
      expect(await searchText(pattern, FILES, 10)).toMatchObject({ ok: false })
    },
  )
})
