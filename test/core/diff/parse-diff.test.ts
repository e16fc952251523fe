import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { changedLines, commentableLines, diffLines } from '#core/diff/line-sets'
import { parseGitDiff } from '#core/diff/parse-diff'
import { createGitRepository, type GitRepository } from '../../support/git-repository.ts'

const repositories: GitRepository[] = []
afterAll(() => {
  for (const repository of repositories) repository.dispose()
})

/** The diff that git prints between two states of a folder. */
function gitDiff(before: Record<string, string>, after: Record<string, string>): string {
  const repository = createGitRepository()
  repositories.push(repository)
  const git = (...args: string[]) => repository.git('-c', 'core.autocrlf=false', ...args)
  const write = (files: Record<string, string>) => {
    for (const [path, text] of Object.entries(files)) {
      if (text.startsWith('→')) symlinkSync(text.slice(1), join(repository.directory, path))
      else repository.write(path, text)
    }
    git('add', '-A')
  }
  write(before)
  const tree = git('write-tree')
  for (const path of Object.keys(before)) repository.remove(path)
  write(after)
  const diff = git('diff', '-M', '--no-color', '--no-ext-diff', '--cached', tree)
  return diff === '' ? '' : `${diff}\n`
}

const long = Array.from({ length: 30 }, (_, i) => `line ${i + 1}\n`).join('')

test('says what happened to each file', () => {
  const files = parseGitDiff(
    gitDiff(
      { 'gone.ts': 'a\n', 'old.ts': long, 'same.ts': 'x\n', 'edit.ts': 'a\nb\n' },
      { 'new.ts': 'n\n', 'renamed.ts': long, 'same.ts': 'x\n', 'edit.ts': 'a\nc\n' },
    ),
  )
  expect(files.map((f) => [f.path, f.previousPath, f.change, f.content])).toEqual([
    ['edit.ts', null, 'modified', 'text'],
    ['gone.ts', null, 'removed', 'text'],
    ['new.ts', null, 'added', 'text'],
    ['renamed.ts', 'old.ts', 'renamed', 'text'],
  ])
})

test('a renamed and edited file keeps both names and its hunk', () => {
  const [file] = parseGitDiff(
    gitDiff({ 'a.ts': long }, { 'b.ts': long.replace('line 9\n', 'nine\n') }),
  )
  expect(file?.previousPath).toBe('a.ts')
  expect(file?.path).toBe('b.ts')
  expect(file?.hunks).toHaveLength(1)
})

test('a binary file has no lines', () => {
  const [file] = parseGitDiff(gitDiff({}, { 'image.bin': 'a\u0000b' }))
  expect(file).toMatchObject({ path: 'image.bin', change: 'added', content: 'binary', hunks: [] })
})

test('a path with quotes, blanks and letters of any script is decoded', () => {
  const name = 'a "quoted" b/ü — 文件.ts'
  const [file] = parseGitDiff(gitDiff({}, { [name]: 'x\n' }))
  expect(file?.path).toBe(name)
})

test('a path with a line break is decoded', () => {
  const [file] = parseGitDiff(gitDiff({}, { 'two\nlines.ts': 'x\n' }))
  expect(file?.path).toBe('two\nlines.ts')
})

test('the mark of a missing final newline is no line', () => {
  const [file] = parseGitDiff(gitDiff({ 'a.ts': 'a\nb' }, { 'a.ts': 'a\nc' }))
  expect(file?.hunks[0]?.lines).toEqual([' a', '-b', '+c'])
})

test('a carriage return stays part of its line', () => {
  const [file] = parseGitDiff(gitDiff({}, { 'a.ts': 'a\r\nb\r\n' }))
  expect(file?.hunks[0]?.lines).toEqual(['+a\r', '+b\r'])
})

test('content that looks like a diff header stays content', () => {
  const text = 'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-- y\n++ z\n'
  const [file, ...rest] = parseGitDiff(gitDiff({ 'a.md': text }, { 'a.md': `${text}more\n` }))
  expect(rest).toEqual([])
  expect(file?.hunks[0]?.lines.at(-1)).toBe('+more')
})

test('a symlink is a file whose line is its target', () => {
  const [file] = parseGitDiff(gitDiff({}, { link: '→/etc/passwd' }))
  expect(file?.hunks[0]?.lines).toEqual(['+/etc/passwd'])
})

test('a file whose hunk does not add up is unreadable and takes no other with it', () => {
  const good = gitDiff({}, { 'good.ts': 'x\n' })
  const bad = 'diff --git a/bad.ts b/bad.ts\n--- a/bad.ts\n+++ b/bad.ts\n@@ -1,9 +1 @@\n-a\n'
  const files = parseGitDiff(bad + good)
  expect(files.map((f) => [f.path, f.content])).toEqual([
    ['bad.ts', 'unreadable'],
    ['good.ts', 'text'],
  ])
})

test('no diff is no files', () => {
  expect(parseGitDiff('')).toEqual([])
  expect(parseGitDiff('warning: something else\n')).toEqual([])
})

test('every added and removed line of any two texts is numbered as the files are', () => {
  const text = fc.array(fc.constantFrom('a', 'b', '', '-- x', '++ y', '@@ -1 +1 @@', 'c\r', '\\'), {
    maxLength: 12,
  })
  fc.assert(
    fc.property(text, text, (before, after) => {
      const join = (lines: string[]) => lines.map((line) => `${line}\n`).join('')
      const [file] = parseGitDiff(gitDiff({ f: join(before), k: '1' }, { f: join(after), k: '1' }))
      if (file === undefined) {
        expect(before).toEqual(after)
        return
      }
      const added = changedLines(file, 'RIGHT')
      const right = commentableLines(file, 'RIGHT')
      for (const line of file.hunks.flatMap(diffLines)) {
        if (line.newLine !== null) {
          expect(after[line.newLine - 1]).toBe(line.text)
          expect(right.has(line.newLine)).toBe(true)
          expect(added.has(line.newLine)).toBe(line.kind === 'added')
        }
        if (line.oldLine !== null) expect(before[line.oldLine - 1]).toBe(line.text)
      }
    }),
    { numRuns: 25 },
  )
}, 30_000)
