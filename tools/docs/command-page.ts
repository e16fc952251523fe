import {
  COMMAND_NAMES,
  type CommandName,
  commandEntry,
  commandUsage,
  mayCommand,
} from '#core/command/command'
import { type DocFile, NOTE } from './doc-file.ts'

const TRUSTED_BOT = 8

/** Everybody who may write a comment, and what GitHub's permission endpoint says of them. */
const PEOPLE = [
  ['admin', 'admin', { userId: 7, bot: false }],
  ['maintain', 'write', { userId: 7, bot: false }],
  ['write', 'write', { userId: 7, bot: false }],
  ['triage', 'read', { userId: 7, bot: false }],
  ['read', 'read', { userId: 7, bot: false }],
  ['anybody else', 'none', { userId: 7, bot: false }],
  ['a trusted bot with write', 'write', { userId: TRUSTED_BOT, bot: true }],
  ['another bot', 'write', { userId: 9, bot: true }],
] as const

/** The page about the commands: who may give which, where, and what comes of it. */
export function commandPage(): DocFile {
  const columns = PEOPLE.map(([name]) => name)
  const text = [
    '# Commands',
    '',
    NOTE,
    '',
    'A command is a line of an ordinary paragraph that starts with `/tech-lead`, in a new comment: quoted text, code, lists and edited comments give none, and the first one of a comment counts. Free text may have 2,000 characters and is data, never an instruction. An id may be shortened to its first letters, six or more, with or without `tl-`.',
    '',
    '## What each does',
    '',
    '| command | does |',
    '|---|---|',
    ...COMMAND_NAMES.map((name) => `| \`${commandUsage(name)}\` | ${commandEntry(name).help} |`),
    '',
    '## Where each works',
    '',
    '| command | open pull request | thread of a review | closed pull request | issue |',
    '|---|:-:|:-:|:-:|:-:|',
    ...COMMAND_NAMES.map((name) => row(name, placesOf(name))),
    '',
    'In the wrong place it is answered with the right one.',
    '',
    '## Who may give each',
    '',
    `| command | ${columns.join(' | ')} |`,
    `|---|${columns.map(() => ':-:').join('|')}|`,
    ...COMMAND_NAMES.map((name) => row(name, rightsOf(name))),
    '',
    'The permission is what GitHub says of the person in this repository when the command is carried out; no answer counts as none. Whoever may not gets the reaction 😕 and no words. A bot is trusted by its numeric id in `review.trusted_bots`; it can start reviews and is given no words, so that two bots cannot talk for ever.',
    '',
  ].join('\n')
  return { path: 'docs/commands.md', text }
}

function row(name: CommandName, cells: readonly boolean[]): string {
  return `| \`${name}\` | ${cells.map((yes) => (yes ? '✓' : '–')).join(' | ')} |`
}

function placesOf(name: CommandName): readonly boolean[] {
  const { onIssues, onClosed } = commandEntry(name)
  return [true, true, onClosed, onIssues]
}

function rightsOf(name: CommandName): readonly boolean[] {
  return PEOPLE.map(([, permission, asker]) => {
    const may = mayCommand(name, asker, { permission, trustedBots: [TRUSTED_BOT] })
    return may && (!asker.bot || name === 'review')
  })
}
