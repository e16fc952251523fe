import { spawn } from 'node:child_process'

/** Git must not see the developer's own configuration. */
export const GIT_ENVIRONMENT = {
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C.UTF-8',
}

/** The answer of one git command. */
export type GitResult = { code: number; stdout: Buffer; stderr: string }

/** Runs git in a folder; an exit code other than 0 is a result, not an error. */
export function tryGit(
  folder: string,
  args: string[],
  options: { input?: Buffer; environment?: Record<string, string> } = {},
): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, {
      cwd: folder,
      env: { ...GIT_ENVIRONMENT, ...options.environment },
    })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    child.on('error', reject)
    child.on('close', (code) =>
      resolve({
        code: code ?? -1,
        stdout: Buffer.concat(stdout),
        stderr: Buffer.concat(stderr).toString('utf8'),
      }),
    )
    child.stdin.on('error', () => undefined)
    child.stdin.end(options.input)
  })
}

/** Runs git in a folder and returns its output; throws with git's own words when it fails. */
export async function git(
  folder: string,
  args: string[],
  options: { input?: Buffer; environment?: Record<string, string> } = {},
): Promise<Buffer> {
  const result = await tryGit(folder, args, options)
  if (result.code !== 0) throw new Error(`git ${args.join(' ')}: ${result.stderr.trim()}`)
  return result.stdout
}
