import { copyFileSync, existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { inRepository, type LocalRepository } from '#local/locate-repository'
import type { PrivateGit } from '#local/private-git'
import { decode } from '#local/run-git'

/** Settings that say how files lie on disk. Each is a plain value that can start no program. */
const PLAIN: Readonly<Record<string, RegExp>> = {
  'core.autocrlf': /^(true|false|input)$/,
  'core.eol': /^(lf|crlf|native)$/,
  'core.filemode': /^(true|false)$/,
  'core.symlinks': /^(true|false)$/,
  'core.ignorecase': /^(true|false)$/,
  'core.precomposeunicode': /^(true|false)$/,
}

/** How the working tree of a repository is to be read. */
export interface WorkingTreeSettings {
  /** Options for every command that looks at the working tree. */
  readonly options: readonly string[]
  /** Names of content filters, as in `filter=lfs`, that a program is configured for. */
  readonly filters: ReadonlySet<string>
}

/**
 * Settings that let git compare the working tree as its owner sees it: line endings, file modes,
 * and which files are ignored. The person's own ignore file counts, one that the repository's
 * configuration names does not.
 */
export async function readWorkingTreeSettings(
  repository: LocalRepository,
  git: PrivateGit,
): Promise<WorkingTreeSettings> {
  if (existsSync(repository.exclude)) {
    copyFileSync(repository.exclude, join(git.directory, 'info/exclude'))
  }
  const plain = [...Object.keys(PLAIN), 'core.excludesfile'].join('|').replaceAll('.', '\\.')
  const answer = await inRepository(
    repository.directory,
    ['config', '--show-scope', '-z', '--get-regexp', `^(${plain}|filter\\..*\\.(clean|process))$`],
    [0, 1],
  )
  const settings = new Map<string, string>()
  const filters = new Set<string>()
  const parts = decode(answer.stdout).split('\0')
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const [scope = '', entry = ''] = parts.slice(index, index + 2)
    const [name = '', value = 'true'] = splitOnce(entry, '\n')
    const own = scope === 'global' || scope === 'system'
    if (PLAIN[name]?.test(value) || (name === 'core.excludesfile' && own)) settings.set(name, value)
    if (name.startsWith('filter.')) filters.add(name.slice(7, name.lastIndexOf('.')))
  }
  settings.set('core.excludesfile', ignoreFile(settings.get('core.excludesfile')))
  return { options: [...settings].flatMap(([name, value]) => ['-c', `${name}=${value}`]), filters }
}

function ignoreFile(configured: string | undefined): string {
  if (configured === undefined) {
    const home = process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config')
    return join(home, 'git/ignore')
  }
  return configured.startsWith('~/') ? join(homedir(), configured.slice(2)) : configured
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator)
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}
