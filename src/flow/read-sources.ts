import type { SourceText } from '#core/text/source-text'
import type { At, Contents } from '#flow/ports'

/** The texts of those paths that are text at a commit; nothing is asked for no path. */
export async function readSources(
  contents: Pick<Contents, 'read'>,
  paths: readonly string[],
  at: At,
): Promise<readonly SourceText[]> {
  if (paths.length === 0) return []
  const answers = await contents.read(paths, at)
  return [...answers].flatMap(([path, content]) =>
    content.kind === 'text' ? [{ path, text: content.text }] : [],
  )
}
