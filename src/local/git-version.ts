import { tmpdir } from 'node:os'
import { pick } from '#local/locate-repository'
import { decode, runGit } from '#local/run-git'

/** The version of the git on the PATH, as in `2.47.0`. Throws Problem `git.missing`. */
export async function gitVersion(): Promise<string> {
  const env = pick(['PATH', 'SystemRoot'])
  const { stdout } = await runGit({ cwd: tmpdir(), args: ['version'], env, timeoutMs: 10_000 })
  return decode(stdout)
    .trim()
    .replace(/^git version /, '')
}
