import { createWriter, type Sort, type Writer } from './made-code.ts'
import { createRandom, type Random } from './random.ts'

/** What makes an input: chance, and somebody who writes. */
export interface Maker extends Random, Writer {}

/** The same maker in every run. */
export function createMaker(seed: number): Maker {
  const random = createRandom(seed)
  return { ...random, ...createWriter(random) }
}

/** About as many hunks as files of real changes have. */
const MOST_HUNKS = 6
const LEAST_HUNK_LINES = 8

/** A patch of changes within a file, and what the hunks look like as text at head. */
export interface MadePatch {
  readonly patch: string
  readonly head: readonly string[]
}

/** Hunks over about `lines` lines, of which most are context or added; all that git writes. */
export function madePatch(maker: Maker, sort: Sort, lines: number): MadePatch {
  const hunks: string[] = []
  const head: string[] = []
  let shift = 0
  const count = 1 + maker.int(Math.min(MOST_HUNKS, 1 + Math.floor(lines / LEAST_HUNK_LINES)))
  for (let hunk = 0; hunk < count; hunk += 1) {
    for (let between = maker.int(lines); between > 0; between -= 1) head.push(maker.line(sort))
    const marks = Array.from({ length: Math.ceil(lines / count) }, () =>
      MARKS.charAt(maker.int(MARKS.length)),
    )
    const before = marks.filter((mark) => mark !== '+').length
    const after = marks.filter((mark) => mark !== '-').length
    const start = head.length + 1
    hunks.push(`@@ -${start - shift},${before} +${start},${after} @@ ${maker.name()}`)
    for (const mark of marks) {
      const text = maker.line(sort)
      hunks.push(`${mark}${text}`)
      if (mark !== '-') head.push(text)
    }
    shift += after - before
  }
  return { patch: hunks.join('\n'), head }
}

const MARKS = '    ++++--'

/** The patch of a file that is new as a whole. */
export function addedPatch(lines: readonly string[]): string {
  return [`@@ -0,0 +1,${lines.length} @@`, ...lines.map((line) => `+${line}`)].join('\n')
}

const SORTS: readonly [Sort, ...Sort[]] = ['domain', 'integration', 'python', 'go', 'data', 'prose']

/** The output of `git diff` of at least `size` characters, with every kind of file that git knows. */
export function madeDiff(size: number, seed: number): string {
  const maker = createMaker(seed)
  const files: string[] = []
  for (let length = 0, index = 0; length < size; index += 1) {
    const file = madeFile(maker, index)
    files.push(file)
    length += file.length
  }
  return files.join('')
}

function madeFile(maker: Maker, index: number): string {
  const sort = maker.pick(SORTS)
  const path = `src/${maker.name()}/${maker.name()}-${index}.ts`
  const { patch } = madePatch(maker, sort, 20 + maker.int(260))
  const names = `diff --git a/${path} b/${path}\n`
  const id = 'index 0a1b2c3d4e..5f6a7b8c9d 100644'
  switch (index % 40) {
    case 0:
      return `${names}new file mode 100644\n${id}\nBinary files /dev/null and b/${path} differ\n`
    case 1:
      return `${names}old mode 100644\nnew mode 100755\n`
    case 2:
      return renamed(path, patch)
    case 3: {
      const quoted = `"a/${path}\\303\\274" "b/${path}\\303\\274"`
      const [before = '', after = ''] = quoted.split(' ')
      return `diff --git ${quoted}\n${id}\n--- ${before}\n+++ ${after}\n${patch}\n`
    }
    case 4:
      return `${names}${id}\n--- a/${path}\n+++ b/${path}\n${patch}\n\\ No newline at end of file\n`
    case 5:
      return `${names}${id}\n--- a/${path}\n+++ b/${path}\n@@ -1,2 +1,2 @@\n--- a/x\n+++ b/x\n diff --git a/x b/x\n`
    default:
      return `${names}${id}\n--- a/${path}\n+++ b/${path}\n${patch}\n`
  }
}

function renamed(path: string, patch: string): string {
  const before = `old/${path}`
  return [
    `diff --git a/${before} b/${path}`,
    'similarity index 80%',
    `rename from ${before}`,
    `rename to ${path}`,
    'index 0a1b2c3d4e..5f6a7b8c9d 100644',
    `--- a/${before}`,
    `+++ b/${path}`,
    `${patch}\n`,
  ].join('\n')
}
