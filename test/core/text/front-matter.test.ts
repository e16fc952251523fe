import { describe, expect, test } from 'vitest'
import { readFrontMatter } from '#core/text/front-matter'

const read = (text: string) => readFrontMatter({ path: 'agents/a.md', text })

function complaintsOf(text: string) {
  const result = read(text)
  return result.ok ? [] : result.complaints
}

describe('hostile headers', () => {
  test.each([
    '---js',
    '--- JS',
    '---javascript',
    '---\tjavascript',
    '\uFEFF---js',
    '\uFEFF---',
    '---coffee',
    '---json',
    '---toml',
    '----',
    ' ---',
    '',
  ])('a file that starts with %j is refused and nothing of it runs', (first) => {
    const canary = `globalThis.canaryOfFrontMatter = true`
    const text = `${first}\n{ name: (() => { ${canary} })() }\n---\nbody\n`
    expect(complaintsOf(text)).toHaveLength(1)
    expect(complaintsOf(text)[0]).toMatchObject({ file: 'agents/a.md', line: 1 })
    expect(Object.hasOwn(globalThis, 'canaryOfFrontMatter')).toBe(false)
  })

  test.each(['__proto__', 'constructor', 'prototype'])(
    'the key %s is refused on its line',
    (key) => {
      expect(complaintsOf(`---\nname: a\n${key}:\n  x: 1\n---\nbody`)).toEqual([
        { file: 'agents/a.md', line: 3, reason: `the key "${key}" is refused` },
      ])
      expect(complaintsOf(`---\nname: {deep: {${key}: 1}}\n---\nbody`)).toHaveLength(1)
    },
  )

  test('a chain of aliases is refused within a tenth of a second', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]']
    for (let level = 1; level < 9; level += 1) {
      const [name, before] = [String.fromCharCode(97 + level), String.fromCharCode(96 + level)]
      bomb.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(',')}]`)
    }
    const started = performance.now()
    expect(complaintsOf(`---\n${bomb.join('\n')}\n---\nbody`)).toHaveLength(1)
    expect(performance.now() - started).toBeLessThan(100)
  })

  test('deep nesting, long headers and large files are refused quickly', () => {
    const started = performance.now()
    expect(complaintsOf(`---\na: ${'['.repeat(8_000)}\n---\nbody`)).not.toEqual([])
    expect(complaintsOf(`---\na: ${'['.repeat(40)}${']'.repeat(40)}\n---\nbody`)).not.toEqual([])
    expect(complaintsOf(`---\n${'\n'.repeat(60_000)}---\nbody`)).not.toEqual([])
    expect(complaintsOf(`---\na: 1\n---\n${'x'.repeat(300_000)}`)).not.toEqual([])
    expect(performance.now() - started).toBeLessThan(1_000)
  })

  test('a tag that would build a function is no function', () => {
    const result = read('---\na: !!js/function "function () { return 1 }"\n---\nbody')
    if (result.ok) expect(JSON.stringify(result.value.data)).toContain('function ()')
    else expect(result.complaints).not.toEqual([])
  })

  test('the same malformed file gives the same complaint every time', () => {
    const text = '---\nname: [unclosed\nmodel: opus\n---\nbody'
    const first = complaintsOf(text)
    expect(first.length).toBeGreaterThan(0)
    expect(complaintsOf(text)).toEqual(first)
    expect(complaintsOf(text)).toEqual(first)
  })

  test('an error is reported on the line of the file where it stands', () => {
    expect(complaintsOf('---\nname: a\nname: b\n---\nbody')[0]?.line).toBe(3)
    expect(complaintsOf('---\nname: a\n----\nbody')[0]?.line).toBe(3)
  })

  test('a header that is never closed is refused', () => {
    expect(complaintsOf('---\nname: a\nbody')[0]?.reason).toContain('not closed')
  })
})

describe('honest headers', () => {
  test('values stay what people wrote: no dates, no octal, no numbers with underscores', () => {
    const result = read('---\nday: 2026-11-20\nversion: 1.10.0\nmany: 1_000\nyes: yes\n---\nBody\n')
    expect(result.ok && result.value.data).toEqual({
      day: '2026-11-20',
      version: '1.10.0',
      many: '1_000',
      yes: 'yes',
    })
    expect(result.ok && result.value.body).toBe('Body\n')
  })

  test('a reader cannot change what the next reader gets', () => {
    const text = '---\nlist: [1]\n---\n'
    const first = read(text)
    const data = (first.ok ? first.value.data : null) as { list: number[] }
    expect(() => data.list.push(2)).toThrow(TypeError)
    expect(read(text)).toMatchObject({ value: { data: { list: [1] } } })
  })

  test('Windows line endings, an empty header and dashes in the body are fine', () => {
    expect(read('---\r\nname: a\r\n---\r\nBody').ok).toBe(true)
    expect(read('---\n# nothing\n---\nBody')).toMatchObject({ value: { data: {}, body: 'Body' } })
    expect(read('---\na: 1\n---\nBody\n---\nmore')).toMatchObject({
      value: { body: 'Body\n---\nmore' },
    })
  })

  test('a key knows its line', () => {
    const result = read('---\n# comment\nname: a\n\nmodel: b\n---\n')
    expect(result.ok && [result.value.lineOf('name'), result.value.lineOf('model')]).toEqual([3, 5])
    expect(result.ok && result.value.lineOf('color')).toBeNull()
  })
})
