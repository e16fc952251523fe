import { escapeHidden, escapeLine } from '#core/text/hidden-characters'

/** Random words that nobody outside this run knows; 16 hex digits or more. */
const DELIMITER = /^[0-9a-f]{16,64}$/

/** Wraps a stranger's words so that nothing within can pass for ours. */
export interface Fence {
  /** The tag's name, told to the model at the start of the first message. */
  readonly tag: string
  /** `label` says what the words are; it may hold a path. */
  wrap(label: string, words: string): string
  /** A single line inside our own text, such as a path in a list. */
  inline(words: string): string
}

/**
 * A fence with a per-run random delimiter. A stranger cannot close it without knowing the
 * delimiter, and should they guess it, it is taken out of their words.
 */
export function createFence(delimiter: string): Fence {
  if (!DELIMITER.test(delimiter)) throw new Error('the delimiter must be 16 to 64 hex digits')
  const tag = `data-${delimiter}`
  const clean = (words: string) => escapeHidden(words).replaceAll(delimiter, '[removed]')
  const inline = (words: string) => JSON.stringify(clean(escapeLine(words)))
  return {
    tag,
    inline,
    wrap: (label, words) => `<${tag} is=${inline(label)}>\n${clean(words)}\n</${tag}>`,
  }
}
