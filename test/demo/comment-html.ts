import type { Block, Cell, Inline } from './comment-markdown.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Code up to this length stays on one line, even on a telephone. */
const MAX_UNBROKEN = 26

/** Text that stands in HTML as itself, between tags and in attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}

/** A comment as HTML. Nothing of the comment itself becomes a tag. */
export function commentHtml(blocks: readonly Block[]): string {
  return blocks.map(blockHtml).join('\n')
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h4>${inlineHtml(block.children)}</h4>`
    case 'paragraph':
      return `<p>${inlineHtml(block.children)}</p>`
    case 'code': {
      const code = `<pre><code>${escapeHtml(block.text)}</code></pre>`
      return block.language === 'suggestion'
        ? `<div class="suggestion"><span>Suggested change</span>${code}</div>`
        : code
    }
    case 'quote':
      return `<blockquote>${commentHtml(block.children)}</blockquote>`
    case 'list': {
      const name = block.ordered ? 'ol' : 'ul'
      const items = block.items.map((item) => `<li>${itemHtml(item)}</li>`)
      return `<${name}>${items.join('')}</${name}>`
    }
    case 'table': {
      const rows = block.rows.map((row) => `<tr>${row.map(cellHtml('td')).join('')}</tr>`)
      const head = `<tr>${block.head.map(cellHtml('th')).join('')}</tr>`
      return `<div class="scroll"><table><thead>${head}</thead><tbody>${rows.join('')}</tbody></table></div>`
    }
    case 'details':
      return `<details><summary>${inlineHtml(block.summary)}</summary>${commentHtml(block.children)}</details>`
    case 'rule':
      return '<hr>'
    default:
      return block satisfies never
  }
}

/** A list whose items are one paragraph each stands close together. */
function itemHtml(item: readonly Block[]): string {
  const [first, ...rest] = item
  if (first?.kind !== 'paragraph') return commentHtml(item)
  return `${inlineHtml(first.children)}${commentHtml(rest)}`
}

function cellHtml(name: 'td' | 'th'): (cell: Cell) => string {
  return (cell) => `<${name}>${inlineHtml(cell)}</${name}>`
}

/** One line as HTML. */
function inlineHtml(inlines: readonly Inline[]): string {
  return inlines.map(oneHtml).join('')
}

function oneHtml(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
      return escapeHtml(inline.text)
    case 'code': {
      const name = inline.text.length <= MAX_UNBROKEN ? ' class="short"' : ''
      return `<code${name}>${escapeHtml(inline.text)}</code>`
    }
    case 'strong':
      return `<strong>${inlineHtml(inline.children)}</strong>`
    case 'emphasis':
      return `<em>${inlineHtml(inline.children)}</em>`
    case 'small':
      return `<small>${inlineHtml(inline.children)}</small>`
    case 'break':
      return '<br>'
    case 'link':
      // An address of the stand-in leads nowhere once the demo has ended.
      return inline.url.startsWith('https://')
        ? `<a href="${escapeHtml(inline.url)}" rel="noopener noreferrer">${inlineHtml(inline.children)}</a>`
        : inlineHtml(inline.children)
    default:
      return inline satisfies never
  }
}
