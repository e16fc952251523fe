import { languageOf } from '#core/facts/language'
import type { Evidence } from '#core/findings/finding'
import { codeInLines, withoutComments } from '#core/rules/code-text'

/** The lines of a cited file as a whole; null where they are not known. */
export type WholeOf = (
  evidence: Pick<Evidence, 'path' | 'side'>,
) => readonly string[] | null | undefined

/**
 * Whether at least one cited line says something that happens: a comment, a text, a blank line or a
 * document is what somebody wrote about the code, and whoever opens a pull request can write that.
 */
export function citesCode(evidence: readonly Evidence[], wholeOf: WholeOf): boolean {
  return evidence.some((one) => isCode(one) && !isWithinWords(one, wholeOf(one)))
}

function isCode({ path, text }: Evidence): boolean {
  const language = languageOf(path)
  if (language === null)
    return (
      /\.(?:ya?ml|json|toml|ini|properties|xml|tf|gradle|sql|proto|graphql|ex|exs|scala|swift|sh|tsx?|vue|svelte)$/i.test(
        path,
      ) && !/^\s*(?:#|\/\/|--|<!--|\*|$)/.test(text)
    )
  const code = withoutComments(text, language).trim()
  return code !== '' && !/^(?:\*|"""|''')/.test(code)
}

/** Whether a line stands in a comment or a text that begins on another line. */
function isWithinWords({ path, line }: Evidence, lines: ReturnType<WholeOf>): boolean {
  const language = languageOf(path)
  if (language === null || lines === null || lines === undefined) return false
  const code = codeInLines(lines.join('\n'), language)[line - 1] ?? ''
  return !/[\p{L}\p{N}@]/u.test(code)
}
