import { clean, clipped, indent, type Page } from './comment-text.ts'
import type { ChangedFile, Scene } from './scene.ts'

type Remembered = Extract<Scene, { kind: 'remembered' }>

/** A memory commit as `git show` prints it, or that there was none. */
export function printMemory({ commit, after }: Remembered, page: Page): readonly string[] {
  if (commit === null) {
    return after === 'merge'
      ? ['  Nothing had waited: main got no further memory commit.']
      : ['  Nothing was learned from this review.']
  }
  const { paint } = page
  return [
    `  ${paint('dim', `$ git show ${commit.sha.slice(0, 7)}`)}`,
    `  ${paint('medium', `commit ${commit.sha}`)}`,
    `  Author: ${clean(commit.author)}`,
    '',
    ...commit.message.split('\n').map((line) => (line === '' ? '' : `      ${clean(line)}`)),
    ...commit.files.flatMap((file) => ['', ...printPatch(file, page)]),
  ]
}

/** The hunks of a file, long lines folded. */
export function printPatch({ path, patch }: ChangedFile, page: Page): readonly string[] {
  const { paint, width } = page
  const lines = patch.split('\n').flatMap((line) => {
    const style = STYLES[line.charAt(0)] ?? null
    return folded(clean(line), width - 2).map((part) =>
      style === null ? part : paint(style, part),
    )
  })
  return indent([paint('bold', clean(path)), ...lines], '  ')
}

const STYLES: Readonly<Record<string, 'good' | 'high' | 'low'>> = {
  '+': 'good',
  '-': 'high',
  '@': 'low',
}

/** A line of a diff broken between words; what follows keeps the sign. */
function folded(line: string, width: number): readonly string[] {
  if (line.length <= width) return [line]
  const cut = line.lastIndexOf(' ', width)
  if (cut < width / 2) return [clipped(line, width)]
  return [line.slice(0, cut), ...folded(`${line.charAt(0)}     ${line.slice(cut + 1)}`, width)]
}
