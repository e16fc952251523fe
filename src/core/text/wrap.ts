const LIST_ITEM = /^\s*(?:[-*+]|\d{1,3}[.)])\s+/
const FENCE = /^\s*(?:```|~~~)/

/**
 * Lines of at most `width` characters. Paragraphs are filled, items of a list keep their hanging
 * indent, and what stands in a fenced block stays as it is, cut where it is too long. A word that
 * is longer than a line, such as an address, is not broken.
 */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let paragraph: string[] = []
  let fenced = false
  const flush = () => {
    if (paragraph.length > 0) lines.push(...fill(paragraph.join(' '), width))
    paragraph = []
  }
  for (const line of text.trim().split('\n')) {
    const fence = FENCE.test(line)
    if (fence || fenced || line.trim() === '' || LIST_ITEM.test(line)) flush()
    if (fence) fenced = !fenced
    else if (fenced) lines.push(`    ${line}`)
    else if (line.trim() === '') lines.push('')
    else paragraph.push(paragraph.length === 0 ? line : line.trim())
  }
  flush()
  return lines
}

function fill(paragraph: string, width: number): readonly string[] {
  const lead = LIST_ITEM.exec(paragraph)?.[0] ?? ''
  const hanging = ' '.repeat(lead.length)
  const lines: string[] = []
  let line = lead
  for (const word of paragraph.slice(lead.length).split(/\s+/).filter(Boolean)) {
    const empty = line === lead || line === hanging
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line)
      line = `${hanging}${word}`
    } else {
      line = empty ? line + word : `${line} ${word}`
    }
  }
  return [...lines, line.trimEnd()]
}
