import { expect, test } from 'vitest'
import { parseGitDiff } from '#core/diff/parse-diff'
import { toFileDiffs } from '#github/changed-files'
import { madeDiff } from '../../bench/made-diff.ts'
import { madePullRequest } from '../../bench/made-pull-request.ts'

test('the made-up diff is one that git could have written: every file of it can be read', () => {
  const files = parseGitDiff(madeDiff(400_000, 1))
  expect(files.length).toBeGreaterThanOrEqual(40)
  expect(new Set(files.map(({ content }) => content))).toEqual(new Set(['text', 'binary']))
  expect(new Set(files.map(({ change }) => change))).toEqual(
    new Set(['added', 'modified', 'renamed']),
  )
})

test('the made-up pull request holds together: the text at head is what its patches say', () => {
  const { listed, texts } = madePullRequest(60, 1)
  for (const { path, hunks, content } of toFileDiffs(listed)) {
    if (content === 'binary') continue
    const lines = texts.get(path)?.split('\n') ?? []
    for (const { newStart, lines: shown } of hunks) {
      const right = shown.filter((line) => !line.startsWith('-')).map((line) => line.slice(1))
      expect(lines.slice(newStart - 1, newStart - 1 + right.length)).toEqual(right)
    }
  }
})
