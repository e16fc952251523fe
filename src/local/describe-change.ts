import { clip } from '#core/text/lines'
import type { PrivateGit } from '#local/private-git'
import { nulParts } from '#local/run-git'

const MAX_COMMITS = 20
const MAX_DESCRIPTION = 10_000

/**
 * What the authors say about a change: the newest commit's subject as the title, its body and the
 * subjects of the commits before it as the description.
 */
export async function describeChange(
  git: PrivateGit,
  base: string,
  head: string,
): Promise<{ readonly title: string; readonly description: string }> {
  if (base === head) return { title: 'Uncommitted changes', description: '' }
  const { stdout } = await git.run({
    args: ['log', '-z', `--max-count=${MAX_COMMITS}`, '--format=%s%n%b', `${base}..${head}`],
  })
  const [newest = '', ...earlier] = nulParts(stdout)
  const [title = '', ...body] = newest.split('\n')
  const subjects = earlier.map((message) => `- ${message.split('\n')[0] ?? ''}`)
  const parts = [body.join('\n').trim(), subjects.join('\n')].filter((part) => part !== '')
  return { title: clip(title, 500), description: clip(parts.join('\n\n'), MAX_DESCRIPTION) }
}
