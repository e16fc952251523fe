import { escapeHidden } from '#core/text/hidden-characters'

/** A piece of a page whose markup is ours; made by `html` alone. */
export interface Html {
  readonly markup: string
}

type Part = Html | string | number | readonly Part[]

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/**
 * Builds a piece of a page: what the template says is markup, and every value is text, safe within
 * an element and within a quoted attribute. Characters that nobody sees become visible.
 */
export function html(template: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const markup = template.map((text, index) => text + markupOf(parts[index] ?? '')).join('')
  return { markup }
}

/** Text that is markup already, such as a style sheet of ours. Never for words of others. */
export function trusted(markup: string): Html {
  return { markup }
}

/** A piece that says nothing. */
export const NO_HTML: Html = { markup: '' }

function markupOf(part: Part): string {
  if (typeof part === 'string') return escaped(part)
  if (typeof part === 'number') return String(part)
  if ('markup' in part) return part.markup
  return part.map(markupOf).join('')
}

function escaped(text: string): string {
  return escapeHidden(text.replaceAll('\r\n', '\n')).replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c)
}
