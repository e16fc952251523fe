import type { Paint } from '#core/render/paint'
import { escapeHidden } from '#core/text/hidden-characters'
import { type Block, type Cell, type Inline, plainText } from './comment-markdown.ts'

/** How wide lines may be, and how to colour them. */
export interface Page {
  readonly width: number
  readonly paint: Paint
}

/** A word with how it is shown; `glued` words follow without a space. */
interface Word {
  readonly text: string
  readonly glued: boolean
  readonly style: (text: string) => string
}

/** Code up to this length stays on one line. */
const MAX_UNBROKEN = 30

const plain = (text: string): string => text

/** A comment as lines of a terminal. What `<details>` fold away stands below its heading. */
export function commentLines(blocks: readonly Block[], page: Page): readonly string[] {
  const lines = blocks.flatMap((block) => [...blockLines(block, page), ''])
  while (lines.at(-1) === '') lines.pop()
  return lines
}

function blockLines(block: Block, page: Page): readonly string[] {
  const { paint, width } = page
  switch (block.kind) {
    case 'heading':
      return flow([{ kind: 'strong', children: block.children }], page)
    case 'paragraph':
      return flow(block.children, page)
    case 'code':
      return codeLines(block.language, block.text, page)
    case 'quote':
      return indent(commentLines(block.children, narrow(page, 2)), paint('dim', '> '))
    case 'list':
      return block.items.flatMap((item, index) => {
        const bullet = block.ordered ? `${index + 1}. ` : '- '
        const [first = '', ...rest] = commentLines(item, narrow(page, bullet.length))
        return [bullet + first, ...indent(rest, ' '.repeat(bullet.length))]
      })
    case 'table':
      return tableLines(block.head, block.rows, page)
    case 'details':
      return [
        paint('dim', `▾ ${clean(plainText(block.summary))}`),
        ...indent(commentLines(block.children, narrow(page, 2)), '  '),
      ]
    case 'rule':
      return [paint('dim', '─'.repeat(Math.min(width, 20)))]
    default:
      return block satisfies never
  }
}

function narrow(page: Page, by: number): Page {
  return { ...page, width: page.width - by }
}

/** Puts something in front of each line that is not empty. */
export function indent(lines: readonly string[], by: string): readonly string[] {
  return lines.map((line) => (line === '' ? '' : by + line))
}

function codeLines(language: string, text: string, { width, paint }: Page): readonly string[] {
  if (language === 'mermaid') return [paint('dim', '    (a diagram: drawn on GitHub)')]
  const label = language === 'suggestion' ? ['Suggested change:'] : []
  const lines = clean(text)
    .split('\n')
    .flatMap((line) => folded(line, width - 4))
  return [...label, ...lines.map((line) => (line === '' ? '' : paint('dim', `    ${line}`)))]
}

function tableLines(
  head: readonly Cell[],
  rows: readonly (readonly Cell[])[],
  { width, paint }: Page,
): readonly string[] {
  const texts = [head, ...rows].map((row) => row.map((cell) => clean(shown(cell)).split('\n')))
  const sizes = head.map((_, column) =>
    Math.max(...texts.flatMap((row) => (row[column] ?? []).map(columnsOf))),
  )
  const gap = sizes.reduce((sum, size) => sum + size + GAP, 0) > width ? ' ' : ' '.repeat(GAP)
  return texts.flatMap((row, index) =>
    linesOfRow(row, sizes, gap).map((line) => {
      const short = clipped(line, width)
      return index === 0 ? paint('dim', short) : short
    }),
  )
}

/** Blanks between the columns of a table that has room. */
const GAP = 3

/** A row of cells as lines: as many as its highest cell has. */
function linesOfRow(
  row: readonly (readonly string[])[],
  sizes: readonly number[],
  gap: string,
): readonly string[] {
  const height = Math.max(...row.map((cell) => cell.length))
  return Array.from({ length: height }, (_, line) =>
    row
      .map((cell, column) => {
        const text = cell[line] ?? ''
        return text + ' '.repeat(Math.max(0, (sizes[column] ?? 0) - columnsOf(text)))
      })
      .join(gap)
      .trimEnd(),
  )
}

/** Columns of a terminal: an emoji takes two. */
function columnsOf(text: string): number {
  return [...text].reduce((sum, one) => sum + (/\p{Emoji_Presentation}|➖/u.test(one) ? 2 : 1), 0)
}

function shown(inlines: readonly Inline[]): string {
  return wordsOf(inlines, plain)
    .map(({ text, glued }, index) => (glued || index === 0 || text === '\n' ? text : ` ${text}`))
    .join('')
    .replaceAll('\n ', '\n')
}

/** Fills lines with words, colours left out of the count. */
function flow(inlines: readonly Inline[], { width, paint }: Page): readonly string[] {
  const lines: string[] = []
  let line = ''
  let length = 0
  const newLine = () => {
    lines.push(line)
    line = ''
    length = 0
  }
  for (const group of together(wordsOf(inlines, plain, paint))) {
    const size = group.reduce((sum, word) => sum + word.text.length, 0)
    if (group[0]?.text === '\n') {
      newLine()
      continue
    }
    if (length > 0 && length + 1 + size > width) newLine()
    const text = group.map((word) => word.style(word.text)).join('')
    line += length > 0 ? ` ${text}` : text
    length += length > 0 ? size + 1 : size
  }
  newLine()
  return lines
}

/** Words that must not be torn apart, such as a code span and the full stop behind it. */
function together(words: readonly Word[]): readonly (readonly Word[])[] {
  const groups: Word[][] = []
  for (const word of words) {
    const last = groups.at(-1)
    if (word.glued && word.text !== '\n' && last !== undefined) last.push(word)
    else groups.push([word])
  }
  return groups
}

function wordsOf(
  inlines: readonly Inline[],
  style: Word['style'],
  paint: Paint = (_, text) => text,
): readonly Word[] {
  const words: Word[] = []
  let spaced = true
  for (const inline of inlines) {
    const found = wordsOfOne(inline, style, paint)
    const leads = inline.kind === 'text' && /^\s/.test(inline.text)
    words.push(
      ...found.map((word, index) => (index === 0 ? { ...word, glued: !(spaced || leads) } : word)),
    )
    spaced = inline.kind === 'break' || (inline.kind === 'text' && /\s$/.test(inline.text))
  }
  return words
}

function wordsOfOne(inline: Inline, style: Word['style'], paint: Paint): readonly Word[] {
  switch (inline.kind) {
    case 'text':
      return split(inline.text).map((text) => ({ text, glued: false, style }))
    case 'code': {
      const text = clean(`\`${inline.text}\``)
      const words = text.length <= MAX_UNBROKEN ? [text] : split(text)
      return words.map((word) => ({ text: word, glued: false, style }))
    }
    case 'break':
      return [{ text: '\n', glued: false, style }]
    case 'strong':
      return wordsOf(inline.children, (text) => paint('bold', text), paint)
    case 'small':
      return wordsOf(inline.children, (text) => paint('dim', text), paint)
    case 'emphasis':
    case 'link':
      return wordsOf(inline.children, style, paint)
    default:
      return inline satisfies never
  }
}

function split(text: string): readonly string[] {
  return clean(text)
    .split(/\s+/)
    .filter((word) => word !== '')
}

/** Text of others with nothing in it that steers a terminal. */
export function clean(text: string): string {
  return escapeHidden(text.replaceAll('\t', '  '))
}

/** A line cut to a width, and that it was cut. */
export function clipped(line: string, width: number): string {
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`
}

/** A line of code broken between words; what follows is set in further, behind the same `lead`. */
export function folded(line: string, width: number, lead = ''): readonly string[] {
  const depth = Math.max(0, line.slice(lead.length).search(/\S/))
  const deeper = `${lead}${' '.repeat(depth + 4)}`
  const lines: string[] = []
  let rest = line
  while (rest.length > width) {
    const cut = rest.lastIndexOf(' ', width)
    if (cut < width / 2) return [...lines, clipped(rest, width)]
    lines.push(rest.slice(0, cut))
    rest = deeper + rest.slice(cut + 1)
  }
  return [...lines, rest]
}
