import type { Link, Root, RootContent, Text } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { escapeHidden } from '#core/text/hidden-characters'

type Node = Root | RootContent

interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Rewriting may give birth to new syntax; text that is still not safe after this is shown as code. */
const MAX_PASSES = 4

/** The text that was read last: it is asked for up to three times on its way, and nobody edits it. */
let read: { readonly text: string; readonly root: Root } | null = null

function parse(text: string): Root {
  if (read?.text !== text) read = { text, root: fromMarkdown(text) }
  return read.root
}

/**
 * Text that a model or a stranger wrote, made safe to post: no images, no raw HTML, no links
 * outside this repository, no mentions, no lines that other bots take for commands, no issue
 * references, no hidden characters. What is taken out stays readable as code. Rendered images and
 * links have carried private code out of repositories (CamoLeak 2025, GitLab Duo 2025).
 *
 * @param webUrl the repository's own address: links below it survive
 */
export function safeMarkdown(text: string, webUrl: string): string {
  let safe = escapeHidden(text.replaceAll('\r\n', '\n'))
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const edits = editsFor(safe, webUrl)
    if (edits.length === 0) return closeFence(safe)
    safe = apply(safe, edits)
  }
  return codeBlock(safe, '')
}

/** Text as a code span that its own backticks cannot end. Line breaks become blanks. */
export function codeSpan(text: string): string {
  const line = escapeHidden(text).replaceAll(/\s+/g, ' ').trim()
  if (line === '') return '` `'
  const fence = '`'.repeat(longestRun(line, /`+/g) + 1)
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${line}${pad}${fence}`
}

/** Text as a fenced block that its own fences cannot end. */
export function codeBlock(text: string, language: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text, /`+/g) + 1))
  return `${fence}${language}\n${escapeHidden(text).replace(/\n$/, '')}\n${fence}`
}

/** Safe text for the middle of a line, such as a title; text that is more than that becomes code. */
export function safeInline(text: string, webUrl: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  const blocks = parse(line).children
  const safe = blocks.length === 1 && blocks[0]?.type === 'paragraph'
  return safe ? safeMarkdown(line, webUrl) : codeSpan(line)
}

function longestRun(text: string, runs: RegExp): number {
  return Math.max(0, ...(text.match(runs) ?? []).map((run) => run.length))
}

function editsFor(text: string, webUrl: string): readonly Edit[] {
  const edits: Edit[] = []
  visit(parse(text), { source: text, webUrl, edits }, false)
  return edits
}

interface Walk {
  readonly source: string
  readonly webUrl: string
  readonly edits: Edit[]
}

function visit(node: Node, walk: Walk, startsLine: boolean): void {
  const start = node.position?.start.offset ?? 0
  const end = node.position?.end.offset ?? 0
  const written = walk.source.slice(start, end)
  const text = node.type === 'text' ? quietText(node, startsLine) : null
  const replacement = text ?? replacementFor(node, written, walk.webUrl)
  if (replacement !== null) walk.edits.push({ start, end, text: replacement })
  else if ('children' in node) {
    for (const [index, child] of node.children.entries()) {
      visit(child, walk, index === 0 && (startsLine || node.type === 'paragraph'))
    }
  }
}

/** What stands in the place of a node that must not be rendered; null for one that may. */
function replacementFor(node: Node, written: string, webUrl: string): string | null {
  switch (node.type) {
    case 'image':
    case 'imageReference':
      return codeSpan(`image: ${node.alt ?? ''}`)
    case 'html':
      return written.includes('\n') ? `\n\n${codeBlock(written, '')}\n\n` : codeSpan(written)
    case 'definition':
    case 'linkReference':
      return codeSpan(written)
    case 'link':
      return isOwn(node.url, webUrl) ? ownLink(node) : codeSpan(linkWords(node))
    default:
      return null
  }
}

function wordsOf(node: Link): string {
  return node.children.map((child) => ('value' in child ? child.value : '')).join('')
}

function linkWords(node: Link): string {
  const words = wordsOf(node)
  return words === '' || words === node.url ? node.url : `${words} (${node.url})`
}

/** An address that stands for itself holds no mention; other words in a link are looked at. */
function ownLink(node: Link): string | null {
  const bare = node.children[0]?.type === 'text' && wordsOf(node) === node.url
  return bare ? `[${codeSpan(node.url)}](<${node.url}>)` : null
}

function isOwn(url: string, webUrl: string): boolean {
  return url.startsWith(`${webUrl}/`) && !/[\\<>\s]|\.\./.test(url)
}

/**
 * What GitHub makes live in plain text: addresses, mentions, references to issues and commits of
 * other repositories, and a line that begins with a slash, which other bots obey.
 */
const LIVE =
  /(?:https?:\/\/|www\.|ftp:\/\/|mailto:)\S{1,2000}|(?<!\w)@[A-Za-z0-9][\w-]{0,100}(?:\/[\w-]{1,100})?|(?<![\w&])(?:[\w.-]{1,100}\/[\w.-]{1,100})?#\d{1,10}|\bGH-\d{1,10}\b/gi
const COMMAND = /^[ \t]{0,3}(\/[A-Za-z][^\n]{0,200})/

/**
 * Text with what is live in it turned into code; null when nothing is. It is judged as it will be
 * read, after escapes and entities are resolved: GitHub finds `&#64;name` and `\\@name` too.
 */
function quietText(node: Text, startsLine: boolean): string | null {
  let live = false
  const lines = node.value.split('\n').map((line, index) => {
    const command = index > 0 || startsLine ? COMMAND.exec(line) : null
    if (command?.[1] !== undefined) {
      live = true
      return codeSpan(command[1]) + escapeSyntax(line.slice(command[0].length))
    }
    let quiet = ''
    let at = 0
    for (const found of line.matchAll(LIVE)) {
      live = true
      quiet += escapeSyntax(line.slice(at, found.index)) + codeSpan(found[0])
      at = found.index + found[0].length
    }
    return quiet + escapeSyntax(line.slice(at))
  })
  return live ? lines.join('\n') : null
}

/** Plain text as markdown that reads as this very text. */
export function escapeSyntax(text: string): string {
  return text
    .replaceAll(/[\\`*_[\]<>&|~]/g, '\\$&')
    .replace(/^(\s*)([#+\-=])/, '$1\\$2')
    .replace(/^(\s*\d{1,9})([.)])/, '$1\\$2')
}

function apply(text: string, edits: readonly Edit[]): string {
  let result = ''
  let at = 0
  for (const edit of edits) {
    result += text.slice(at, edit.start) + edit.text
    at = edit.end
  }
  return result + text.slice(at)
}

/** A fence that was never closed would swallow everything that we write after it. */
function closeFence(text: string): string {
  const last = parse(text).children.at(-1)
  if (last?.type !== 'code') return text
  const written = text.slice(last.position?.start.offset ?? 0, last.position?.end.offset ?? 0)
  const open = /^(`{3,}|~{3,})/.exec(written)?.[1]
  if (open === undefined) return text
  const closed = written
    .slice(open.length)
    .split('\n')
    .slice(1)
    .some((l) => l.trim().startsWith(open))
  return closed ? text : `${text}\n${open}`
}
