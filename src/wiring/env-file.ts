import { lstat, open, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { Problem } from '#core/problem'

/** What identifies the app; whoever has it acts as the app. */
const CREDENTIALS = ['APP_ID', 'PRIVATE_KEY', 'PRIVATE_KEY_PATH', 'WEBHOOK_SECRET'] as const

/** An env file with room for credentials: nobody but this user can read what will be in it. */
export interface EnvFile {
  readonly path: string
  /** Puts the variables into the file; whatever else it says stays as it is. */
  write(variables: Readonly<Record<string, string>>): Promise<void>
  /** Leaves everything as it was. */
  discard(): Promise<void>
}

/**
 * Makes room for credentials before anybody is asked for them: they can be had only once.
 *
 * @param replace whether credentials that are already there may be overwritten
 * @throws Problem `setup.credentials` where there are some, `setup.file` where nothing can be
 *   written; no message repeats a value
 */
export async function openEnvFile(path: string, replace: boolean): Promise<EnvFile> {
  const whole = resolve(path)
  const before = await textOf(whole)
  const present = CREDENTIALS.filter((name) => givenIn(before, name) !== '')
  if (present.length > 0 && !replace)
    throw new Problem(
      'setup.credentials',
      'told',
      `${whole} has credentials already (${present.join(', ')}). Give --replace to overwrite them, or --file for another file.`,
    )
  const fresh = `${dirname(whole)}/.${basename(whole)}.${process.pid}.new`
  const handle = await open(fresh, 'wx', 0o600).catch((cause: unknown) => {
    throw unwritable(whole, cause)
  })
  return {
    path: whole,
    async write(variables) {
      try {
        await handle.writeFile(withValues(before, variables))
        await handle.sync()
        await handle.close()
        await rename(fresh, whole)
      } catch (cause) {
        throw unwritable(whole, cause)
      }
    },
    async discard() {
      await handle.close().catch(() => undefined)
      await rm(fresh, { force: true })
    },
  }
}

async function textOf(path: string): Promise<string> {
  const found = await lstat(path).catch(() => null)
  if (found === null) return ''
  // A link may lead to a place that others read, and a folder is a slip of the hand.
  if (!found.isFile())
    throw new Problem('setup.file', 'told', `${path} is no plain file. Give --file for another.`)
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw unwritable(path, cause)
  })
}

function unwritable(path: string, cause: unknown): Problem {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason'
  return new Problem('setup.file', 'told', `${path} cannot be written (${code}).`, { cause })
}

function lineOf(name: string): RegExp {
  return new RegExp(`^(?:export )?${name}=(.*)$`, 'm')
}

function givenIn(text: string, name: string): string {
  return (lineOf(name).exec(text)?.[1] ?? '').replaceAll(/^["']|["']$/g, '').trim()
}

function withValues(before: string, variables: Readonly<Record<string, string>>): string {
  let text = before === '' || before.endsWith('\n') ? before : `${before}\n`
  for (const [name, value] of Object.entries(variables)) {
    const line = value === '' ? `${name}=` : `${name}=${value}`
    if (lineOf(name).test(text)) text = text.replace(lineOf(name), () => line)
    else if (value !== '') text += `${line}\n`
  }
  return text
}
