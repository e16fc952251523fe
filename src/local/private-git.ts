import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type LocalRepository, pick } from '#local/locate-repository'
import { type GitCall, type GitResult, runGit } from '#local/run-git'

/**
 * A git directory of our own that borrows the objects of a repository and nothing else: no
 * configuration, hooks, attributes, replacements or remotes of the repository are in force, and
 * nothing is written into it.
 */
export interface PrivateGit {
  readonly directory: string
  run(
    call: Omit<GitCall, 'cwd' | 'env'> & Partial<Pick<GitCall, 'cwd' | 'env'>>,
  ): Promise<GitResult>
  /** Removes the directory. */
  close(): void
}

/** Texts above this many bytes are not compared and not read. */
export const MAX_FILE_BYTES = 1024 * 1024

/** Makes the private directory, readable by this user alone; it also goes when the process ends. */
export function createPrivateGit(repository: LocalRepository): PrivateGit {
  const directory = mkdtempSync(join(tmpdir(), 'tech-lead-git-'))
  for (const folder of ['objects/info', 'objects/pack', 'refs', 'info']) {
    mkdirSync(join(directory, folder), { recursive: true })
  }
  writeFileSync(join(directory, 'HEAD'), 'ref: refs/heads/none\n')
  writeFileSync(join(directory, 'config'), configText(repository))
  writeFileSync(join(directory, 'objects/info/alternates'), alternateLine(repository.objects))
  if (repository.shallow && existsSync(repository.shallowFile)) {
    copyFileSync(repository.shallowFile, join(directory, 'shallow'))
  }

  const close = () => {
    process.off('exit', close)
    rmSync(directory, { recursive: true, force: true })
  }
  process.once('exit', close)

  const environment = {
    ...pick(['PATH', 'SystemRoot']),
    HOME: directory,
    GIT_DIR: directory,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
  }
  return {
    directory,
    close,
    run: (call) => runGit({ cwd: directory, ...call, env: { ...environment, ...call.env } }),
  }
}

function configText({ objectFormat }: LocalRepository): string {
  const lines = [
    '[core]',
    `\trepositoryFormatVersion = ${objectFormat === 'sha256' ? 1 : 0}`,
    '\tbare = true',
    // Git calls a larger file binary and does not load it to compare it.
    `\tbigFileThreshold = ${MAX_FILE_BYTES}`,
  ]
  if (objectFormat === 'sha256') lines.push('[extensions]', '\tobjectFormat = sha256')
  return `${lines.join('\n')}\n`
}

/** A path with a line feed must be quoted in C style, see gitrepository-layout(5) and gitformat. */
function alternateLine(path: string): string {
  const quoted = path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
  return path.includes('\n') ? `"${quoted}"\n` : `${path}\n`
}
