import { createTwoFilesPatch, parsePatch as parse } from 'diff'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Hunk } from '#core/diff/diff'
import { createShelf, type FileHead, withPatch } from '#core/diff/lazy-hunks'
import { parseGitDiff } from '#core/diff/parse-diff'

const HEAD: FileHead = { path: 'a.ts', previousPath: null, change: 'modified', content: 'text' }
const PATCH = '@@ -1 +1,2 @@\n-a\n+b\n+c'

/** Lines that look like parts of a diff, and lines that editors leave. */
const line = fc.constantFrom(
  ...['a', 'b', '', ' ', '-- a/x', '++ b/x', '-', '+', '@@ -1 +1 @@', '\\', 'c\r', '\u2028', 'ü'],
  ...['diff --git a/x b/x', 'Binary files a/x and b/x differ', 'Index: x', '='.repeat(67)],
)
const content = fc
  .tuple(fc.array(line, { maxLength: 30 }), fc.boolean())
  .map(([lines, ends]) => lines.join('\n') + (ends && lines.length > 0 ? '\n' : ''))
const name = fc
  .array(fc.constantFrom('a', 'b/', ' b/', 'a/', ' ', '-', '@@', '.ts', '→'), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => `x${parts.join('')}y`)

/** What git writes of a name: quoted and in octal as soon as one letter is not plain. */
function written(prefix: string, path: string): string {
  const octal = path.replaceAll('→', '\\342\\206\\222')
  return octal === path ? `${prefix}${path}` : `"${prefix}${octal}"`
}

/** One file as git writes it; `null` is a side without the file. */
function section(path: string, before: string | null, after: string | null): string {
  const [old, now] = [written('a/', path), written('b/', path)]
  const tab = path.includes(' ') ? '\t' : ''
  const text = createTwoFilesPatch('x', 'y', before ?? '', after ?? '', '', '', { context: 3 })
  const at = text.indexOf('\n@@ ')
  const hunks = at === -1 ? '' : text.slice(at + 1)
  const names = `--- ${before === null ? '/dev/null' : old + tab}\n+++ ${after === null ? '/dev/null' : now + tab}\n`
  const mode = before === null ? 'new file mode 100644\n' : ''
  const gone = after === null ? 'deleted file mode 100644\n' : ''
  return `diff --git ${old} ${now}\n${mode}${gone}index 1..2\n${hunks === '' ? '' : names}${hunks}`
}

const madeFile = fc
  .tuple(name, content, content, fc.constantFrom('added', 'removed', 'modified' as const))
  .map(([path, before, after, change]) => ({
    path,
    change,
    text: section(path, change === 'added' ? null : before, change === 'removed' ? null : after),
  }))

/** Reads all of a file at once by the library, as its own word on what the hunks are. */
function eager(text: string): readonly Hunk[] | 'unreadable' {
  try {
    const [file, ...more] = parse(text)
    if (file === undefined || more.length > 0) return 'unreadable'
    if (file.hunks.some(({ oldStart }) => Number.isNaN(oldStart))) return 'unreadable'
    return file.hunks.map(({ oldStart, oldLines, newStart, newLines, lines }) => ({
      ...{ oldStart, oldLines, newStart, newLines },
      lines: lines.filter((one) => !one.startsWith('\\')),
    }))
  } catch {
    return 'unreadable'
  }
}

/** The same answer from the map. */
function lazy(text: string): (readonly Hunk[] | 'unreadable')[] {
  return parseGitDiff(text).map((file) =>
    file.content === 'unreadable' ? 'unreadable' : file.hunks,
  )
}

describe('hunks that are read when they are asked for', () => {
  test('are those that reading at once would have given, for any names and contents', () => {
    fc.assert(
      fc.property(fc.array(madeFile, { maxLength: 5 }), (made) => {
        const files = parseGitDiff(made.map(({ text }) => text).join(''))
        expect(files.map(({ path, change }) => ({ path, change }))).toEqual(
          made.map(({ path, change }) => ({ path, change })),
        )
        expect(files.map(({ hunks }) => hunks)).toEqual(made.map(({ text }) => eager(text)))
      }),
      { numRuns: 300 },
    )
  })

  test('are the same or unreadable when the diff was cut anywhere', () => {
    fc.assert(
      fc.property(madeFile, fc.nat(), ({ text }, where) => {
        const hunks = text.indexOf('\n@@ ') + 1
        fc.pre(hunks > 0)
        const cut = text.slice(0, hunks + 3 + (where % (text.length - hunks - 2)))
        expect(lazy(cut)).toEqual([eager(cut)])
      }),
      { numRuns: 300 },
    )
  })

  test('are the same or unreadable when one line was lost or doubled', () => {
    fc.assert(
      fc.property(madeFile, fc.nat(), fc.constantFrom(0, 2), ({ text }, where, times) => {
        const hunks = text.indexOf('\n@@ ') + 1
        fc.pre(hunks > 0)
        const lines = text.slice(hunks).split('\n')
        const at = where % lines.length
        const spoilt = lines.flatMap((one, index) => (index === at ? Array(times).fill(one) : one))
        const patch = spoilt.join('\n')
        fc.pre(patch.startsWith('@@ '))
        const whole = text.slice(0, hunks) + patch
        expect(lazy(whole)).toEqual([eager(whole)])
      }),
      { numRuns: 300 },
    )
  })

  test('are read once while they are in use', () => {
    const file = withPatch(HEAD, PATCH, createShelf())
    expect(file.hunks).toBe(file.hunks)
    expect(file.hunks).toEqual([
      { oldStart: 1, oldLines: 1, newStart: 1, newLines: 2, lines: ['-a', '+b', '+c'] },
    ])
  })

  test('are given back when others need the place, and read again', () => {
    const shelf = createShelf(PATCH.length)
    const [one, two] = [withPatch(HEAD, PATCH, shelf), withPatch(HEAD, PATCH, shelf)]
    const before = one.hunks
    expect(two.hunks).toBe(two.hunks)
    expect(one.hunks).not.toBe(before)
    expect(one.hunks).toEqual(before)
  })

  test('of one file stay in use even when they alone are more than the place', () => {
    const file = withPatch(HEAD, PATCH, createShelf(1))
    expect(file.hunks).toBe(file.hunks)
  })

  test('stay with a copy of the file', () => {
    const file = withPatch(HEAD, PATCH, createShelf())
    expect({ ...file, path: 'b.ts' }.hunks).toEqual(file.hunks)
  })
})

test('a patch that does not add up is known as unreadable before anybody asks for its hunks', () => {
  const file = withPatch(HEAD, '@@ -1,5 +1 @@\n-a\n+b', createShelf())
  expect(file).toMatchObject({ content: 'unreadable', hunks: [] })
})

test('a file without a patch has no hunks and stays what it is', () => {
  expect(withPatch({ ...HEAD, content: 'missing' }, '', createShelf())).toMatchObject({
    content: 'missing',
    hunks: [],
  })
})
