/** What a person may do in a repository; the last two when GitHub did not say. */
type Permission = 'admin' | 'write' | 'read' | 'none' | 'unknown' | 'unanswered'

/**
 * What has to follow a command's name. `finding` and `entry` are ids, of a finding or of a fact of
 * the memory, or the first letters of one. `line` is free text to the end of the line, `rest` to
 * the end of the comment.
 */
interface Argument {
  /** As the usage shows it, `<id>`. */
  readonly name: string
  readonly kind: 'finding' | 'entry' | 'line' | 'rest'
}

interface CommandEntry {
  /** The words that may follow the name; each is optional. */
  readonly words: readonly string[]
  /** What has to follow the name, in this order: at most an id and a text. */
  readonly takes: readonly Argument[]
  /** The least permission in the repository. */
  readonly who: 'write' | 'admin'
  /** Whether it also works on an issue that is no pull request. */
  readonly onIssues: boolean
  /** Whether it also works on a pull request that is closed. */
  readonly onClosed: boolean
  /** One line for people. */
  readonly help: string
}

/** What a comment starts with to speak to the app. */
export const COMMAND_PREFIX = '/tech-lead'

const NOTHING = { words: [], takes: [] } as const

/**
 * The commands. Parser, permission check, help and docs all read this table; `flow/answers` holds
 * what each does.
 */
export const COMMANDS = {
  review: {
    words: ['full'],
    takes: [],
    who: 'write',
    onIssues: false,
    onClosed: false,
    help: 'Review the whole pull request again; `full` is understood and means the same.',
  },
  ask: {
    words: [],
    takes: [{ name: 'question', kind: 'rest' }],
    who: 'write',
    onIssues: false,
    onClosed: true,
    help: 'Answer a question about this pull request, with the lines that show it.',
  },
  design: {
    words: [],
    takes: [{ name: 'what', kind: 'rest' }],
    who: 'write',
    onIssues: true,
    onClosed: true,
    help: 'Advise on an architecture: options, what to build and what to buy, failure points, a plan.',
  },
  diagnose: {
    words: [],
    takes: [{ name: 'symptom', kind: 'rest' }],
    who: 'write',
    onIssues: true,
    onClosed: true,
    help: 'Name the causes that a symptom may have, the most likely first, and how to check each.',
  },
  explain: {
    words: [],
    takes: [{ name: 'id', kind: 'finding' }],
    who: 'write',
    onIssues: false,
    onClosed: true,
    help: 'Explain a finding: when it breaks, the lines it rests on, the fix and the sources.',
  },
  inventory: {
    ...NOTHING,
    who: 'write',
    onIssues: true,
    onClosed: true,
    help: 'List the integrations of this repository, and what this pull request changes of them.',
  },
  matrix: {
    ...NOTHING,
    who: 'write',
    onIssues: false,
    onClosed: true,
    help: 'Show what protects the calls and webhook handlers that this pull request touches.',
  },
  diagram: {
    ...NOTHING,
    who: 'write',
    onIssues: false,
    onClosed: true,
    help: 'Draw whom the files of this pull request speak to, and the way of each webhook delivery.',
  },
  dismiss: {
    words: [],
    takes: [
      { name: 'id', kind: 'finding' },
      { name: 'reason', kind: 'line' },
    ],
    who: 'write',
    onIssues: false,
    onClosed: false,
    help: 'Accept a finding that is not critical: its rule is silent in its file, and each time the summary says so.',
  },
  remember: {
    words: [],
    takes: [{ name: 'fact', kind: 'line' }],
    who: 'write',
    onIssues: false,
    onClosed: false,
    help: 'Write down a fact about this repository, in a sentence; `src/a.ts:12` at its end cites a line.',
  },
  forget: {
    words: [],
    takes: [{ name: 'id', kind: 'entry' }],
    who: 'write',
    onIssues: false,
    onClosed: true,
    help: 'Take a fact or a decision out of the memory.',
  },
  memory: {
    ...NOTHING,
    who: 'write',
    onIssues: true,
    onClosed: true,
    help: 'List what is remembered of this repository, what is in doubt and what waits.',
  },
  pause: {
    ...NOTHING,
    who: 'write',
    onIssues: false,
    onClosed: false,
    help: 'Stop automatic reviews of this pull request; `review` still works.',
  },
  resume: {
    ...NOTHING,
    who: 'write',
    onIssues: false,
    onClosed: false,
    help: 'Review this pull request automatically again, from its next push.',
  },
  config: {
    ...NOTHING,
    who: 'write',
    onIssues: false,
    onClosed: true,
    help: 'Show the settings that hold, and where each comes from.',
  },
  help: {
    ...NOTHING,
    who: 'write',
    onIssues: true,
    onClosed: true,
    help: 'List the commands.',
  },
} as const satisfies Readonly<Record<string, CommandEntry>>
export type CommandName = keyof typeof COMMANDS

/** The commands that are answered with words; a review is a job of its own. */
export type AnsweredCommand = Exclude<CommandName, 'review'>

/** Every command, in the order of the table. */
export const COMMAND_NAMES = Object.keys(COMMANDS) as readonly CommandName[]

/** Every command that is answered with words. */
export const ANSWERED_COMMANDS = COMMAND_NAMES.filter(
  (name): name is AnsweredCommand => name !== 'review',
)

/** The entry of a command. */
export function commandEntry(name: CommandName): CommandEntry {
  return COMMANDS[name]
}

/** Whether a word is the name of a command. */
export function isCommandName(word: string): word is CommandName {
  return Object.hasOwn(COMMANDS, word)
}

/** How a command is written, as in `/tech-lead review [full]` or `/tech-lead explain <id>`. */
export function commandUsage(name: CommandName): string {
  const { takes, words } = commandEntry(name)
  const needed = takes.map((argument) => ` <${argument.name}>`)
  const optional = words.map((word) => ` [${word}]`)
  return `${COMMAND_PREFIX} ${name}${needed.join('')}${optional.join('')}`
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
  const least = commandEntry(name).who
  return rights.permission === 'admin' || (rights.permission === 'write' && least === 'write')
}
