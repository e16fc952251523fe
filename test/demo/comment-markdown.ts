import type { PhrasingContent, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'

/** What stands in a line of a comment. `small` is what GitHub shows as `<sub>`. */
export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis' | 'small'; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly url: string; readonly children: readonly Inline[] }
  | { readonly kind: 'break' }

/** A part of a comment as GitHub shows it. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly children: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | {
      readonly kind: 'list'
      readonly ordered: boolean
      readonly items: readonly (readonly Block[])[]
    }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | { readonly kind: 'quote'; readonly children: readonly Block[] }
  | {
      readonly kind: 'table'
      readonly head: readonly Cell[]
      readonly rows: readonly (readonly Cell[])[]
    }
  | {
      readonly kind: 'details'
      readonly summary: readonly Inline[]
      readonly children: readonly Block[]
    }
  | { readonly kind: 'rule' }

/** A cell of a table. */
export type Cell = readonly Inline[]

/**
 * Reads a comment: CommonMark, simple tables, `<details>`, `<sub>`, `<code>` and `<br>`. HTML comments
 * vanish, as on GitHub; any other HTML is text.
 */
export function parseComment(markdown: string): readonly Block[] {
  return blocksOf(fromMarkdown(markdown).children, markdown)
}

interface OpenDetails {
  readonly summary: readonly Inline[]
  readonly children: Block[]
}

function blocksOf(nodes: readonly RootContent[], source: string): readonly Block[] {
  const root: Block[] = []
  const open: OpenDetails[] = []
  const add = (block: Block) => void (open.at(-1)?.children ?? root).push(block)
  const close = () => {
    const details = open.pop()
    if (details !== undefined) add({ kind: 'details', ...details })
  }
  for (const node of nodes) {
    if (node.type !== 'html') {
      const block = blockOf(node, source)
      if (block !== null) add(block)
      continue
    }
    for (const tag of tagsOf(node.value)) {
      if (tag.kind === 'open') open.push({ summary: inlinesOf(tag.summary), children: [] })
      else if (tag.kind === 'close') close()
      else add({ kind: 'paragraph', children: [{ kind: 'text', text: tag.text }] })
    }
  }
  while (open.length > 0) close()
  return root
}

type Tag =
  | { readonly kind: 'open'; readonly summary: string }
  | { readonly kind: 'close' }
  | { readonly kind: 'other'; readonly text: string }

const TAG = /<details>\s*<summary>([^\n]*?)<\/summary>|<\/details>|<!--[\s\S]*?-->/g

function tagsOf(html: string): readonly Tag[] {
  const tags: Tag[] = []
  let at = 0
  const other = (text: string) => {
    if (text.trim() !== '') tags.push({ kind: 'other', text: text.trim() })
  }
  for (const match of html.matchAll(TAG)) {
    other(html.slice(at, match.index))
    at = match.index + match[0].length
    if (match[1] !== undefined) tags.push({ kind: 'open', summary: match[1] })
    else if (match[0] === '</details>') tags.push({ kind: 'close' })
  }
  other(html.slice(at))
  return tags
}

function blockOf(node: RootContent, source: string): Block | null {
  switch (node.type) {
    case 'heading':
      return { kind: 'heading', level: node.depth, children: phrasing(node.children) }
    case 'paragraph':
      return tableOf(sourceOf(node, source)) ?? paragraphOf(phrasing(node.children))
    case 'list': {
      const items = node.children.map((item) => blocksOf(item.children, source))
      return { kind: 'list', ordered: node.ordered === true, items }
    }
    case 'code':
      return { kind: 'code', language: node.lang ?? '', text: node.value }
    case 'blockquote':
      return { kind: 'quote', children: blocksOf(node.children, source) }
    case 'thematicBreak':
      return { kind: 'rule' }
    default:
      return paragraphOf([{ kind: 'text', text: sourceOf(node, source) }])
  }
}

function paragraphOf(children: readonly Inline[]): Block | null {
  return children.length === 0 ? null : { kind: 'paragraph', children }
}

function sourceOf(node: RootContent, source: string): string {
  return source.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0)
}

function inlinesOf(text: string): readonly Inline[] {
  const [first] = fromMarkdown(text).children
  return first?.type === 'paragraph' ? phrasing(first.children) : [{ kind: 'text', text }]
}

const PAIRED = /^<(sub|code)>$/

function phrasing(nodes: readonly PhrasingContent[]): readonly Inline[] {
  const found: Inline[] = []
  for (let at = 0; at < nodes.length; at += 1) {
    const node = nodes[at]
    if (node === undefined) break
    const tag = node.type === 'html' ? PAIRED.exec(node.value)?.[1] : undefined
    const end =
      tag === undefined
        ? -1
        : nodes.findIndex((n, i) => i > at && n.type === 'html' && n.value === `</${tag}>`)
    if (tag === undefined || end === -1) {
      found.push(...inlineOf(node))
      continue
    }
    const children = phrasing(nodes.slice(at + 1, end))
    found.push(
      tag === 'sub' ? { kind: 'small', children } : { kind: 'code', text: plainText(children) },
    )
    at = end
  }
  return found
}

function inlineOf(node: PhrasingContent): readonly Inline[] {
  switch (node.type) {
    case 'text':
      return [{ kind: 'text', text: node.value }]
    case 'inlineCode':
      return [{ kind: 'code', text: node.value }]
    case 'strong':
      return [{ kind: 'strong', children: phrasing(node.children) }]
    case 'emphasis':
      return [{ kind: 'emphasis', children: phrasing(node.children) }]
    case 'link':
      return [{ kind: 'link', url: node.url, children: phrasing(node.children) }]
    case 'break':
      return [{ kind: 'break' }]
    case 'html':
      if (node.value === '<br>') return [{ kind: 'break' }]
      return node.value.startsWith('<!--') ? [] : [{ kind: 'text', text: node.value }]
    case 'image':
      return [{ kind: 'text', text: node.alt ?? '' }]
    default:
      return []
  }
}

/** The words of a line without what they look like. */
export function plainText(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if ('children' in inline) return plainText(inline.children)
      return inline.kind === 'break' ? '\n' : inline.text
    })
    .join('')
}

/** A table as GitHub reads it, or null for a paragraph that is none. */
function tableOf(source: string): Block | null {
  const [head, dashes, ...rows] = source.split('\n').map((line) => line.trim())
  if (head === undefined || dashes === undefined) return null
  if (!head.startsWith('|') || !/^\|(?:\s*:?-+:?\s*\|)+$/.test(dashes)) return null
  return { kind: 'table', head: cellsOf(head), rows: rows.map(cellsOf) }
}

function cellsOf(row: string): readonly Cell[] {
  return row
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'))
    .map((cell) => (cell === '' ? [] : inlinesOf(cell)))
}
