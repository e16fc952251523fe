import { fromMarkdown } from 'mdast-util-from-markdown'
import { type MemoryEntry, readEntry } from '#core/memory/memory-entry'

/** An entry and where it stands. Offsets are in UTF-16 units, lines are 1-based. */
export interface LocatedEntry extends MemoryEntry {
  /** Where the bullet starts. */
  readonly start: number
  /** Where the bullet ends, what is nested in it included, the line ending not. */
  readonly end: number
  readonly startLine: number
  readonly endLine: number
  /** Where a confirmation goes; null when the parenthesis was rewritten. */
  readonly confirmAt: number | null
  /** Where the code span of the citation stands. */
  readonly cited: { readonly start: number; readonly end: number } | null
  /** Where the first words of the bullet stand. */
  readonly wordsAt: number
  /** Whether a person added to this bullet: behind the id, or below it. */
  readonly hasNotes: boolean
}

/** What we recognise in a file. Everything else is a person's and stays as it is. */
export interface ParsedMemory {
  readonly entries: readonly LocatedEntry[]
  /** The words of every bullet that has no id. */
  readonly otherBullets: readonly string[]
  readonly links: readonly { readonly url: string; readonly end: number }[]
  readonly headings: readonly { readonly text: string; readonly end: number }[]
  /** The bullets at the top level of the page, in order. */
  readonly topBullets: readonly { readonly start: number; readonly end: number }[]
  /** Whether the page has anything but headings. */
  readonly hasBody: boolean
}

type Tree = ReturnType<typeof fromMarkdown>
type Child = Tree['children'][number]
type ListItem = Extract<Child, { type: 'listItem' }>

interface Found {
  entries: LocatedEntry[]
  otherBullets: string[]
  links: { url: string; end: number }[]
  headings: { text: string; end: number }[]
}

/**
 * Locates our entries in a file by offset, so that a change can be spliced in and every other
 * byte stays. A bullet inside a code fence is text, not an entry.
 */
export function parseMemory(text: string): ParsedMemory {
  const tree = fromMarkdown(calm(text))
  const found: Found = { entries: [], otherBullets: [], links: [], headings: [] }
  visit(tree.children, text, found)
  const items = tree.children.flatMap((node) => (node.type === 'list' ? node.children : []))
  return {
    ...found,
    topBullets: items.map(span),
    hasBody: tree.children.some((node) => !isHeading(node, text)),
  }
}

/** A heading as we write them. Words that a line of `---` underlines may be a person's own. */
function isHeading(node: Child, text: string): boolean {
  const { start } = span(node)
  return node.type === 'heading' && text.startsWith('#', start)
}

/** Deeper nesting than this is not looked into. */
const CONTAINER_PREFIX = /^([ \t>*+\-0-9.)]{40})([ \t>*+\-0-9.)]+)/gm

/**
 * The same text, of the same length, without emphasis and without deep nesting: nothing here
 * depends on them, and 25 KB of `*a_` or of `1. ` keep the markdown parser busy for seconds.
 * A star that starts a bullet stays.
 */
function calm(text: string): string {
  return text
    .replace(/^\uFEFF/, ' ')
    .replace(/(?<!^[ \t]*)\*|\*(?![ \t])|_/gm, 'x')
    .replace(CONTAINER_PREFIX, (_, kept: string, rest: string) => kept + 'x'.repeat(rest.length))
}

function visit(nodes: readonly Child[], text: string, found: Found): void {
  const waiting: Child[] = [...nodes].reverse()
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const { start, end } = span(node)
    if (node.type === 'listItem') readBullet(node, text, found)
    if (node.type === 'link') found.links.push({ url: urlIn(text.slice(start, end)), end })
    if (node.type === 'heading') {
      const words = text.slice(start, end).replace(/^#+|#+$/g, '')
      found.headings.push({ text: words.trim(), end })
    }
    if ('children' in node) waiting.push(...[...node.children].reverse())
  }
}

function readBullet(item: ListItem, text: string, found: Found): void {
  const [first, ...notes] = item.children
  if (first?.type !== 'paragraph') return
  const paragraph = span(first)
  const read = readEntry(text.slice(paragraph.start, paragraph.end))
  if (read === null) {
    found.otherBullets.push(text.slice(paragraph.start, paragraph.end))
    return
  }
  found.entries.push({
    ...read.entry,
    ...span(item),
    startLine: item.position?.start.line ?? 1,
    endLine: item.position?.end.line ?? 1,
    confirmAt: read.confirmAt === null ? null : paragraph.start + read.confirmAt,
    cited:
      read.cited === null
        ? null
        : { start: paragraph.start + read.cited.start, end: paragraph.start + read.cited.end },
    wordsAt: paragraph.start,
    hasNotes: notes.length > 0 || read.goesOn,
  })
}

/** The tree's own address comes from the calmed text, where a `_` of a file name is gone. */
function urlIn(link: string): string {
  return /\]\(\s*<?([^\s)>]*)[^\]]*$/.exec(link)?.[1] ?? ''
}

function span(node: Pick<Child, 'position'>): { start: number; end: number } {
  return { start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 }
}
