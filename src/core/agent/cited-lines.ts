import { languageOf } from '#core/facts/language'
import type { Evidence } from '#core/findings/finding'
import { withoutComments } from '#core/rules/code-text'

/**
 * Whether at least one cited line says something that happens: a comment, a blank line or a document
 * is what somebody wrote about the code, and whoever opens a pull request can write that.
 */
export function citesCode(evidence: readonly Evidence[]): boolean {
  return evidence.some(({ path, text }) => {
    const language = languageOf(path)
    if (language === null)
      return (
        /\.(?:ya?ml|json|toml|ini|properties|xml|tf|gradle|sql|proto|graphql|ex|exs|scala|swift|sh|tsx?|vue|svelte)$/i.test(
          path,
        ) && !/^\s*(?:#|\/\/|--|<!--|\*|$)/.test(text)
      )
    const code = withoutComments(text, language).trim()
    return code !== '' && !/^(?:\*|"""|''')/.test(code)
  })
}
