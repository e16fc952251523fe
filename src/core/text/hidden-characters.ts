/**
 * Characters that a person does not see and a model reads: controls, soft hyphens, joiners,
 * bidirectional overrides, fillers, variation selectors and tag characters. They have carried
 * instructions past reviewers (https://trojansource.codes, Rules File Backdoor 2025).
 */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point.
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: single code points, never sequences.
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E0FFF}]/gu

/** Makes every hidden character visible as `\u{…}`. Line numbers do not shift. */
export function escapeHidden(text: string): string {
  return text.replace(HIDDEN, (character) => {
    const code = character.codePointAt(0) ?? 0
    return `\\u{${code.toString(16).toUpperCase().padStart(4, '0')}}`
  })
}

/** Takes every hidden character out, where `\u{…}` would be syntax. */
export function dropHidden(text: string): string {
  return text.replace(HIDDEN, '')
}

/** Whether a text has a character that a person does not see. */
export function hasHidden(text: string): boolean {
  return text.search(HIDDEN) !== -1
}

/** Escapes for one line of output: hidden characters, and line breaks and tabs too. */
export function escapeLine(text: string): string {
  return escapeHidden(text).replace(/[\n\r\t]/g, (c) => ({ '\n': '\\n', '\r': '\\r' })[c] ?? '\\t')
}
