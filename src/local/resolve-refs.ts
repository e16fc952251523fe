import { Problem } from '#core/problem'
import { escapeLine } from '#core/text/hidden-characters'
import { nearest } from '#core/text/nearest'
import { listRefNames } from '#local/default-branch'
import { inRepository, type LocalRepository } from '#local/locate-repository'
import { decode } from '#local/run-git'

/**
 * What may be asked for: a branch, tag or commit with `~`, `^` and `@{…}`. Refused are option
 * look-alikes, ranges, paths (`:`) and searches (`^{/…}`), none of which names one commit.
 */
const REF = /^(?![-.])(?!.*(?:\.\.|\^\{\/|\/\/))[^\p{Cc}\s:?*[\\]{1,255}$/u

/**
 * Full shas of the commits that refs name, in the order asked. Throws Problem `git.bad-ref`,
 * `git.unknown-ref`, `git.ambiguous-ref` or `git.empty-repository`.
 */
export async function resolveRefs(
  repository: LocalRepository,
  refs: readonly string[],
): Promise<readonly string[]> {
  for (const ref of refs) if (!REF.test(ref)) throw badRef(ref)
  // Through standard input, where nothing can be read as an option.
  const input = refs.map((ref) => `${ref}^{commit}\n`).join('')
  const answer = await inRepository(
    repository.directory,
    ['cat-file', '--batch-check=%(objectname)'],
    [0, 128],
    input,
  )
  const lines = decode(answer.stdout).split('\n')
  const commits: string[] = []
  for (const [index, ref] of refs.entries()) {
    const line = lines[index] ?? ''
    if (!/^[0-9a-f]{40,64}$/.test(line)) throw await unresolved(repository, ref, line)
    commits.push(line)
  }
  return commits
}

function badRef(ref: string): Problem {
  const shown = escapeLine(ref)
  const message = ref.includes('..')
    ? `"${shown}" is a range; give its ends as --base and --head.`
    : `"${shown}" cannot be a git ref; give a branch, a tag or a commit.`
  return new Problem('git.bad-ref', 'told', message)
}

async function unresolved(
  repository: LocalRepository,
  ref: string,
  answer: string,
): Promise<Problem> {
  const shown = escapeLine(ref)
  if (answer.endsWith(' ambiguous')) {
    const message = `"${shown}" fits more than one commit; give more digits.`
    return new Problem('git.ambiguous-ref', 'told', message)
  }
  if (ref === 'HEAD') {
    const message = 'The repository has no commit yet, so there is nothing to compare with.'
    return new Problem('git.empty-repository', 'told', message)
  }
  const near = nearest(ref, await listRefNames(repository))
  const suggestion = near === null ? '' : ` Did you mean "${escapeLine(near)}"?`
  const shallow = repository.shallow
    ? ' The clone is shallow: git fetch --unshallow (in actions/checkout, fetch-depth: 0).'
    : ''
  const message = `Unknown git ref "${shown}".${suggestion}${shallow}`
  return new Problem('git.unknown-ref', 'told', message)
}
