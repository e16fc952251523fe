/** What a person may do in a repository; `unknown` when GitHub did not say. */
type Permission = 'admin' | 'write' | 'read' | 'none' | 'unknown'

interface CommandEntry {
  /** The words that may follow the name; each is optional. */
  readonly words: readonly string[]
  /** The least permission in the repository. */
  readonly who: 'write' | 'admin'
  /** Whether it also works on an issue that is no pull request. */
  readonly onIssues: boolean
  /** One line for people. */
  readonly help: string
}

/** What a comment starts with to speak to the app. */
export const COMMAND_PREFIX = '/tech-lead'

/** The commands. Parser, permission check, help and docs all read this table. */
export const COMMANDS = {
  review: {
    words: ['full'],
    who: 'write',
    onIssues: false,
    help: 'Review this pull request again; `full` looks at every file, not only at what changed since the last review.',
  },
  matrix: {
    words: [],
    who: 'write',
    onIssues: false,
    help: 'Show what protects the calls and webhook handlers that this pull request touches.',
  },
  help: {
    words: [],
    who: 'write',
    onIssues: true,
    help: 'List the commands.',
  },
} as const satisfies Readonly<Record<string, CommandEntry>>
export type CommandName = keyof typeof COMMANDS

const entries = new Map<string, CommandEntry>(Object.entries(COMMANDS))

/** The entry of a name as a person wrote it, or null. */
export function findCommand(name: string): CommandEntry | null {
  return entries.get(name) ?? null
}

/** How a command is written, as in `/tech-lead review [full]`. */
export function commandUsage(name: CommandName): string {
  const words = COMMANDS[name].words.map((word) => ` [${word}]`)
  return `${COMMAND_PREFIX} ${name}${words.join('')}`
}

/**
 * Whether somebody may use a command. A bot needs its numeric id in the repository's
 * `trusted_bots` besides the permission: anybody can register an app whose login ends in
 * `[bot]`. Whatever GitHub did not say counts as no permission.
 */
export function mayCommand(
  name: CommandName,
  asker: { readonly userId: number; readonly bot: boolean },
  rights: { readonly permission: Permission; readonly trustedBots: readonly number[] },
): boolean {
  if (asker.bot && !rights.trustedBots.includes(asker.userId)) {
    return false
  }
  const least: CommandEntry['who'] = COMMANDS[name].who
  return rights.permission === 'admin' || (rights.permission === 'write' && least === 'write')
}
