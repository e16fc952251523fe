import { clean, folded, indent, type Page } from './comment-text.ts'
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
    `  ${WHY[after]}`,
    '',
    `  ${paint('dim', `$ git show ${commit.sha.slice(0, 7)}`)}`,
    `  ${paint('medium', `commit ${commit.sha}`)}`,
    `  Author: ${clean(commit.author)}`,
    '',
    ...commit.message.split('\n').map((line) => (line === '' ? '' : `      ${clean(line)}`)),
    ...commit.files.flatMap((file) => ['', ...printPatch(file, page)]),
  ]
}

const WHY = {
  review: 'Learned from the code that stood on main already, each fact with its line:',
  push: 'Learned from the code that stood on main already, each fact with its line:',
  merge: 'The change is on main now, so what it taught is written down too:',
} as const

/** The hunks of a file, long lines folded. */
export function printPatch({ path, patch }: ChangedFile, page: Page): readonly string[] {
  const { paint, width } = page
  const lines = patch.split('\n').flatMap((line) => {
    const style = STYLES[line.charAt(0)] ?? null
    const text = clean(line).replace(/^(@@[^@]*@@).*/, '$1')
    return folded(text, width - 2, text.charAt(0)).map((part) =>
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
