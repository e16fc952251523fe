import { existsSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { Problem } from '#core/problem'
import { decode, firstLine, type GitResult, runGit } from '#local/run-git'

/** Where the parts of a repository lie on disk. All paths are absolute. */
export interface LocalRepository {
  /** The folder that was asked for, symbolic links resolved. Git runs here to read refs. */
  readonly directory: string
  /** Root of the working tree; null where there are only objects. */
  readonly worktree: string | null
  readonly bare: boolean
  readonly shallow: boolean
  readonly objectFormat: 'sha1' | 'sha256'
  readonly objects: string
  readonly index: string
  readonly shallowFile: string
  readonly exclude: string
}

const QUESTIONS = [
  '--is-bare-repository',
  '--is-inside-git-dir',
  '--is-shallow-repository',
  '--show-object-format',
  '--path-format=absolute',
  ...['objects', 'index', 'shallow', 'info/exclude'].flatMap((path) => ['--git-path', path]),
]

/**
 * Finds the repository that holds a folder. Throws Problem `git.no-such-folder` or
 * `git.not-a-repository`.
 */
export async function locateRepository(asked: string): Promise<LocalRepository> {
  const directory = realFolder(asked)
  const answer = await inRepository(directory, ['rev-parse', ...QUESTIONS], [0, 128])
  if (answer.code !== 0) throw notARepository(asked, firstLine(answer.stderr))
  const lines = decode(answer.stdout).split('\n')
  const [bare, inside, shallow, format, objects, index, shallowFile, exclude, rest] = lines
  if (!objects || !index || !shallowFile || !exclude || rest !== '') {
    throw notARepository(asked, 'its path cannot be read')
  }
  return {
    directory,
    // Found by looking, not asked of git: `core.worktree` could name any folder of this machine.
    worktree: bare === 'true' || inside === 'true' ? null : folderWithGit(directory),
    bare: bare === 'true',
    shallow: shallow === 'true',
    objectFormat: format === 'sha256' ? 'sha256' : 'sha1',
    objects,
    index,
    shallowFile,
    exclude,
  }
}

/**
 * Runs git in the repository itself, so with its configuration in force: only for commands that
 * read refs and settings, of which none can start a program. The person's own configuration is
 * read as well, because it may name the folder as safe.
 */
export async function inRepository(
  directory: string,
  args: readonly string[],
  expected: readonly number[] = [0],
  input?: string,
): Promise<GitResult> {
  const env = pick(['PATH', 'HOME', 'XDG_CONFIG_HOME', 'SystemRoot', 'USERPROFILE'])
  return runGit({ cwd: directory, args, env, expected, ...(input === undefined ? {} : { input }) })
}

/** The named variables of this process, as far as they are set. */
export function pick(names: readonly string[]): Record<string, string> {
  const entries = names.map((name) => [name, process.env[name]] as const)
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => !!entry[1]))
}

function realFolder(asked: string): string {
  try {
    const directory = realpathSync(resolve(asked))
    if (statSync(directory).isDirectory()) return directory
  } catch {
    throw new Problem('git.no-such-folder', 'told', `There is no folder ${asked}.`)
  }
  throw new Problem('git.no-such-folder', 'told', `${asked} is not a folder.`)
}

function folderWithGit(directory: string): string | null {
  for (let folder = directory; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder
    if (folder === dirname(folder)) return null
  }
}

function notARepository(asked: string, reason: string): Problem {
  if (reason.startsWith('not a git repository')) {
    return new Problem('git.not-a-repository', 'told', `${asked} is not a git repository.`)
  }
  if (reason.includes('dubious ownership')) {
    const hint = 'if you trust it: git config --global --add safe.directory <path>'
    const message = `${asked} belongs to another user of this machine; ${hint}`
    return new Problem('git.not-a-repository', 'told', message)
  }
  return new Problem('git.not-a-repository', 'told', `Cannot read ${asked} with git: ${reason}`)
}
