import type { PhrasingContent, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { type Html, html, NO_HTML } from '#core/render/html'

/**
 * Words of a rule or a model as a piece of a page. Only what shapes text survives: links become
 * their words and address, images their description, and markup is shown as it was written.
 */
export function htmlMarkdown(text: string): Html {
  return html`${fromMarkdown(text).children.map(block)}`
}

/** The same for one line, such as a title, without a paragraph around it. */
export function htmlInline(text: string): Html {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  const [first, ...more] = fromMarkdown(line).children
  return first?.type === 'paragraph' && more.length === 0
    ? html`${first.children.map(phrase)}`
    : html`${line}`
}

function block(node: RootContent): Html {
  switch (node.type) {
    case 'paragraph':
      return html`<p>${node.children.map(phrase)}</p>`
    case 'heading':
      return html`<p><strong>${node.children.map(phrase)}</strong></p>`
    case 'code':
      return html`<pre><code>${node.value}</code></pre>`
    case 'blockquote':
      return html`<blockquote>${node.children.map(block)}</blockquote>`
    case 'list': {
      const items = node.children.map((item) => html`<li>${item.children.map(block)}</li>`)
      return node.ordered === true ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`
    }
    case 'html':
      return html`<pre><code>${node.value}</code></pre>`
    case 'thematicBreak':
      return html`<hr>`
    case 'definition':
      return html`<p>[${node.label ?? node.identifier}]: ${node.url} ${node.title ?? ''}</p>`
    default:
      return NO_HTML
  }
}

function phrase(node: PhrasingContent): Html {
  switch (node.type) {
    case 'text':
      return html`${node.value}`
    case 'inlineCode':
    case 'html':
      return html`<code>${node.value}</code>`
    case 'emphasis':
      return html`<em>${node.children.map(phrase)}</em>`
    case 'strong':
      return html`<strong>${node.children.map(phrase)}</strong>`
    case 'break':
      return html`<br>`
    case 'link':
      return html`${node.children.map(phrase)} <code>${node.url}</code>`
    case 'image':
    case 'imageReference':
      return html`<code>image: ${node.alt ?? ''}</code>`
    case 'linkReference':
      return html`${node.children.map(phrase)}`
    default:
      return NO_HTML
  }
}
