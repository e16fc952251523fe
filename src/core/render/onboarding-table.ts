import { codeSpan } from '#core/render/safe-markdown'
import { clip } from '#core/text/lines'

/** Links a place in the words of a page. */
export type Link = (place: { readonly path: string; readonly line: number }) => string

/** One column of a table. */
export interface Column {
  readonly head: string
  /** Where its words stand; to the left unless said. */
  readonly align?: string
  /** A cell that says nothing. */
  readonly empty?: string
}

/** A table without the columns in which nothing stands; empty without rows. */
export function filledTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string {
  if (rows.length === 0) return ''
  const filled = columns
    .map((column, index) => ({ ...column, index }))
    .filter(({ index, empty = '' }) =>
      rows.some((row) => row[index] !== '' && row[index] !== empty),
    )
  return [
    filled.map(({ head }) => head),
    filled.map(({ align = '---' }) => align),
    ...rows.map((row) => filled.map(({ index }) => row[index] ?? '')),
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

/** Words of code in a cell, cut short. */
export function cell(text: string): string {
  return codeSpan(clip(text, 80)).replaceAll('|', '\\|')
}

/** Links a place to its line at one commit, so that it still shows what was read. */
export function linker(webUrl: string, commit: string): Link {
  return ({ path, line }) => {
    const address = path.split('/').map(encodeURIComponent).join('/')
    const short = path.split('/').slice(-2).join('/')
    return `[${codeSpan(`${short}:${line}`).replaceAll('|', '\\|')}](<${webUrl}/blob/${commit}/${address}#L${line}>)`
  }
}
