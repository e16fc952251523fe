import { plainOf, plainReason } from '#core/filter/plain-reason'
import { type Paint, painter } from '#core/render/paint'
import { whyOf } from '#core/render/terminal-files'
import { countWords } from '#core/render/verdict'
import type { Report, ReportFile } from '#core/report/report'
import { escapeLine } from '#core/text/hidden-characters'
import { clip } from '#core/text/lines'

/** Where the list is shown. `columns` is infinite where no row has to end. */
interface Screen {
  readonly colour: boolean
  readonly columns: number
}

/** As many reasons as one line bears. */
const MAX_REASONS = 3
/** The part of a row that a path may take, what it always may, and up to where rows are aligned. */
const PATH_SHARE = 0.45
const SHORTEST_PATH = 16
const WIDEST_PATH = 60
const SCORE = 4
const GAP = '  '
/** Where room is short, another file is known by its own name. */
const LONG_NAME = /\b((?:uses|a test of|a test that uses) )(?:[^\s/,]+\/)+(?=[^\s/,]+\.\w)/g
/** Signals that speak of the place of a file, not of what it does. */
const PLACES: ReadonlySet<string> = new Set([
  'test',
  'stand-in',
  'migration',
  'view',
  'front-end',
  'include',
])

/** One row of the list. `role` is empty outside of a bundle. */
interface Row {
  readonly file: ReportFile
  readonly role: string
  readonly why: string
}

/** Every changed file in one line: what is reviewed, by what belongs together, then what is not. */
export function terminalSelection(report: Report, screen: Screen): string {
  const paint = painter(screen.colour)
  const selected = report.files.filter(({ decision }) => decision === 'selected')
  const skipped = report.files.filter(({ decision }) => decision === 'skipped')
  const counted = `${countWords(report.files.length, 'changed file')}, ${selected.length} about integrations`
  const blocks = [
    [paint('bold', counted)],
    ...selectedBlocks(report, selected, screen, paint),
    skippedBlock(skipped, screen, paint),
    report.notes.length === 0
      ? []
      : [paint('bold', 'Notes'), ...report.notes.map((note) => `  - ${escapeLine(note)}`)],
  ]
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

/** Bundles with their names, then the files that stand alone, each group aligned by itself. */
function selectedBlocks(
  report: Report,
  selected: readonly ReportFile[],
  screen: Screen,
  paint: Paint,
): readonly (readonly string[])[] {
  const byPath = new Map(selected.map((file) => [file.path, file]))
  const bundles = report.bundles.map(({ name, files }) => {
    const rows = files.flatMap(({ path, role }) => rowOf(byPath.get(path), role))
    for (const { path } of files) byPath.delete(path)
    return [paint('bold', escapeLine(name)), ...rowLines(rows, screen, paint)]
  })
  const alone = [...byPath.values()]
    .sort((a, b) => b.score - a.score)
    .flatMap((file) => rowOf(file, ''))
  if (alone.length === 0) return bundles
  const heading = bundles.length === 0 ? [] : [paint('bold', 'by themselves')]
  return [...bundles, [...heading, ...rowLines(alone, screen, paint)]]
}

function rowOf(file: ReportFile | undefined, role: string): readonly Row[] {
  return file === undefined ? [] : [{ file, role, why: reasonsOf(file) }]
}

/** The closest calls first, the rest in the order of the change. */
function skippedBlock(skipped: readonly ReportFile[], screen: Screen, paint: Paint): string[] {
  if (skipped.length === 0) return []
  const rows = skipped
    .toSorted((a, b) => b.score - a.score)
    .map((file) => ({ file, role: '', why: whyNot(file) }))
  return [paint('bold', 'Skipped'), ...rowLines(rows, screen, paint)]
}

function rowLines(rows: readonly Row[], { columns }: Screen, paint: Paint): readonly string[] {
  const paths = rows.map(({ file }) => pathOf(file))
  const longest = paths.reduce((most, { length }) => Math.max(most, length), 0)
  const most = Math.max(SHORTEST_PATH, Math.floor(columns * PATH_SHARE))
  const wide = Math.min(most, longest, WIDEST_PATH)
  const roles = Math.max(0, ...rows.map(({ role }) => role.length))
  return rows.map(({ file, role, why }, index) => {
    const score = (file.score === 0 ? '' : file.score.toFixed(2)).padStart(SCORE)
    const named = roles === 0 ? '' : role.padEnd(roles) + GAP
    const before = GAP + score + GAP + named
    const path = clipMiddle(paths[index] ?? '', Math.min(columns, most)).padEnd(wide)
    const room = Math.max(1, columns - before.length - path.length - GAP.length)
    const shown = file.decision === 'selected' ? path : paint('dim', path)
    const words = why.length > room ? why.replace(LONG_NAME, '$1…/') : why
    return `${before}${shown}${GAP}${clip(words, room)}`.trimEnd()
  })
}

function pathOf({ path, previousPath }: ReportFile): string {
  return escapeLine(previousPath === null ? path : `${path} (was ${previousPath})`)
}

/** The end of a path says more than its middle. */
function clipMiddle(path: string, length: number): string {
  if (path.length <= length) return path
  const end = Math.ceil((length - 1) * 0.75)
  return `${path.slice(0, length - 1 - end)}…${path.slice(-end)}`
}

/** `stripe: imports stripe (line 3), calls stripe.refunds.create (41)`. */
function reasonsOf(file: ReportFile): string {
  const places = file.reasons.filter(({ signal }) => PLACES.has(signal))
  const said = reasonWords(file.reasons.filter(({ signal }) => !PLACES.has(signal)))
  const because = [said, ...places.map(({ detail }) => detail)].filter((words) => words !== '')
  const providers = file.providers.length === 0 ? '' : `${file.providers.join(', ')}: `
  return escapeLine(providers + because.join('; '))
}

/** Things of one verb are said together, each with its line; of one line the first is enough. */
function reasonWords(reasons: ReportFile['reasons']): string {
  const plain = reasons.map((reason) => ({ ...plainOf(reason), line: reason.line }))
  const groups = [...Map.groupBy(plain, ({ verb, object }) => verb || object)].slice(0, MAX_REASONS)
  let isFirst = true
  const place = (line: number | null) => {
    if (line === null) return ''
    const word = isFirst ? 'line ' : ''
    isFirst = false
    return ` (${word}${line})`
  }
  return groups
    .map(([, [first, ...others]]) => {
      if (first === undefined) return ''
      const second = others.find(({ line }) => line === null || line !== first.line)
      const head =
        (first.verb === '' ? first.object : `${first.verb} ${first.object}`) + place(first.line)
      return second === undefined ? head : `${head} and ${second.object}${place(second.line)}`
    })
    .join(', ')
}

/** What decided against a file, and what spoke for it. */
function whyNot(file: ReportFile): string {
  if (file.because !== null || file.score === 0) return plainWhy(file)
  const place = file.reasons.findLast(({ signal }) => PLACES.has(signal))?.detail
  const said = reasonWords(file.reasons.filter(({ signal }) => !PLACES.has(signal)))
  return escapeLine(place === undefined ? `too little: ${said}` : `${place}: ${said}`)
}

function plainWhy(file: ReportFile): string {
  const [first] = file.reasons
  return file.because !== null || first === undefined ? whyOf(file) : escapeLine(plainReason(first))
}
