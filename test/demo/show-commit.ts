import type { Repository } from '../world/github/state.ts'
import type { ChangedFile, ShownCommit } from './scene.ts'

type Git = Repository['git']

/** A commit as `git show` prints it, asked of the bare repository itself. */
export async function showCommit(git: Git, sha: string): Promise<ShownCommit> {
  const [author = '', ...message] = (await git.run(['show', '-s', '--format=%an%n%B', sha])).split(
    '\n',
  )
  const files = await changedFiles(git, `${sha}^`, sha)
  return { sha, author, message: message.join('\n').trim(), files }
}

/** What changed between two commits, file by file. */
export async function changedFiles(
  git: Git,
  from: string,
  to: string,
): Promise<readonly ChangedFile[]> {
  const diff = await git.run(['diff', '--no-color', '--no-ext-diff', '--no-renames', from, to])
  return diff
    .split(/^(?=diff --git )/m)
    .filter((part) => part !== '')
    .map((part) => {
      const path = /^(?:\+\+\+ b|--- a)\/(.*)$/m.exec(
        part.replace(/^--- a.*\n(?=\+\+\+ b)/m, ''),
      )?.[1]
      const start = part.search(/^@@/m)
      const patch = start === -1 ? '' : part.slice(start).trimEnd()
      const count = (mark: string) =>
        patch.split('\n').filter((line) => line.startsWith(mark)).length
      return { path: path ?? '', added: count('+'), removed: count('-'), patch }
    })
}
