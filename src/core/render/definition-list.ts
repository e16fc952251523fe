import { wrapText } from '#core/text/wrap'

/** A heading and what stands below it, set in by two columns and filled to `width`. */
export function section(heading: string, text: string, width: number): readonly string[] {
  return [heading, ...wrapText(text, width - 2).map((line) => (line === '' ? '' : `  ${line}`))]
}

/** Names and values in two columns; a value that is too long for its column goes on below itself. */
export function definitions(
  pairs: readonly (readonly [name: string, value: string])[],
  width: number,
): readonly string[] {
  const column = Math.max(0, ...pairs.map(([name]) => name.length)) + 2
  return pairs.flatMap(([name, value]) => {
    const [first = '', ...more] = wrapText(value, width - column)
    return [`${name.padEnd(column)}${first}`.trimEnd(), ...more.map((l) => ' '.repeat(column) + l)]
  })
}

/** A page of text: blocks with an empty line between them, those without lines left out. */
export function page(blocks: readonly (readonly string[])[]): string {
  const shown = blocks.filter((lines) => lines.length > 0)
  return `${shown.map((lines) => lines.join('\n')).join('\n\n')}\n`
}
