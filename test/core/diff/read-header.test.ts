import { describe, expect, test } from 'vitest'
import { readHeader } from '#core/diff/read-header'

const read = (...lines: string[]) => readHeader(lines.map((line) => `${line}\n`).join(''), 0)

describe('the header of a file', () => {
  test('names both sides of a rename, blanks and all', () => {
    const header = read(
      'diff --git a/old b/x b/new b/x',
      'similarity index 90%',
      'rename from old b/x',
      'rename to new b/x',
      'index 1..2 100644',
      '--- a/old b/x\t',
      '+++ b/new b/x\t',
    )
    expect(header).toMatchObject({ path: 'new b/x', previousPath: 'old b/x', change: 'renamed' })
  })

  test('of a copy names an added file', () => {
    const header = read('diff --git a/x b/y', 'copy from x', 'copy to y')
    expect(header).toMatchObject({ path: 'y', previousPath: null, change: 'added' })
  })

  test('of a change of mode names the file in its first line alone', () => {
    const header = read('diff --git a/x b/x b/x b/x', 'old mode 100644', 'new mode 100755')
    expect(header).toMatchObject({ path: 'x b/x', change: 'modified', binary: false, named: true })
  })

  test('keeps a blank at the end of a name', () => {
    const header = read('diff --git a/x  b/x ', 'index 1..2', '--- a/x \t', '+++ b/x \t')
    expect(header.path).toBe('x ')
  })

  test.each([
    ['Binary files a/x and /dev/null differ', 'deleted file mode 100644', 'removed'],
    ['GIT binary patch', 'new file mode 100644', 'added'],
  ])('with “%s” is of a binary file', (mark, mode, change) => {
    expect(read('diff --git a/x b/x', mode, 'index 1..0', mark)).toMatchObject({
      ...{ path: 'x', change, binary: true },
    })
  })

  test('decodes what git quotes, on one side or on both', () => {
    const header = read(
      'diff --git a/plain "b/\\"q\\"\\t\\303\\274"',
      'rename from plain',
      'rename to "\\"q\\"\\t\\303\\274"',
    )
    expect(header).toMatchObject({ path: '"q"\tü', previousPath: 'plain', change: 'renamed' })
  })

  test('names a file whose name looks like a header', () => {
    const path = 'rename to +++ b/@@ -1 +1 @@'
    const header = read(`diff --git a/${path} b/${path}`, `--- a/${path}\t`, `+++ b/${path}\t`)
    expect(header).toMatchObject({ path, change: 'modified', named: true })
  })

  test('that was cut within its names says that it names no file', () => {
    expect(readHeader('diff --git a/some/pa', 0)).toMatchObject({
      ...{ named: false, path: 'diff --git a/some/pa' },
    })
    expect(readHeader('diff --git "a/some\\', 0).named).toBe(false)
  })

  test('ends at the first hunk or at the next file', () => {
    const one = 'diff --git a/x b/x\nold mode 1\n'
    expect(readHeader(`${one}@@ -1 +1 @@\n`, 0).end).toBe(one.length)
    expect(readHeader(`${one}diff --git a/y b/y\n`, 0).end).toBe(one.length)
  })
})
