import { expect, test } from 'vitest'
import { jobFromEvent } from '#core/job/job-from-event'

const SELF = { appId: 500, botUserId: 600 }
const repository = {
  ...{ id: 10, name: 'shop', full_name: 'acme/shop', private: false, default_branch: 'main' },
  owner: { login: 'acme', id: 1, type: 'Organization' },
}

/** Everybody who writes comments here. */
const PEOPLE = {
  ann: { id: 7, login: 'ann', type: 'User' },
  bot: { id: 8, login: 'evil[bot]', type: 'Bot' },
  ghost: { id: 10_137, login: 'ghost', type: 'User' },
  nobody: null,
  us: { id: 600, login: 'integrations-tech-lead[bot]', type: 'Bot' },
} as const

/** Everywhere where comments are written. */
const PLACES = {
  pull: { on: 'conversation', open: true, pull: true },
  closed: { on: 'conversation', open: false, pull: true },
  issue: { on: 'conversation', open: true, pull: false },
  thread: { on: 'thread', open: true, pull: true },
  'reply in a thread': { on: 'reply', open: true, pull: true },
  'reply in a closed one': { on: 'reply', open: false, pull: true },
} as const

interface Said {
  readonly by?: keyof typeof PEOPLE
  readonly at?: keyof typeof PLACES
  readonly action?: 'created' | 'edited' | 'deleted'
}

/** What comes of a comment, in a few words: the job, or why there is none. */
function outcome(body: string, { by = 'ann', at = 'pull', action = 'created' }: Said): string {
  const { on, open, pull } = PLACES[at]
  const user = PEOPLE[by]
  const state = open ? 'open' : 'closed'
  const author = { id: 9, login: 'author', type: 'User' }
  const thread = on !== 'conversation'
  const comment = { id: 99, body, user, ...(on === 'reply' ? { in_reply_to_id: 98 } : {}) }
  const subject = { number: 42, state, user: author, head: { sha: 'a'.repeat(40) } }
  const payload = {
    ...{ action, installation: { id: 3 }, repository, sender: user, comment },
    ...(thread
      ? { pull_request: subject }
      : { issue: { ...subject, pull_request: pull ? {} : null } }),
  }
  const event = thread ? 'pull_request_review_comment' : 'issue_comment'
  const decision = jobFromEvent({ delivery: 'd', event, payload }, SELF)
  if (decision.kind === 'ignored') return `nothing: ${decision.because}`
  const { job } = decision
  if (job.kind === 'review')
    return job.trigger.kind === 'command' && job.trigger.full ? 'review, full' : 'review'
  if (job.kind !== 'command') return job.kind
  const { command } = job
  switch (command.name) {
    case 'unknown':
      return `unknown ${command.word} → ${command.suggestion ?? 'help'}`
    case 'misused':
      return `how to write ${command.of}`
    case 'misplaced':
      return `where ${command.of} works: not on ${command.on === 'closed' ? 'closed ones' : 'issues'}`
    case 'reply':
      return `weigh: ${command.text}`
    default:
      return [command.name, command.id, command.text].filter((part) => part !== null).join(' | ')
  }
}

const NONE = 'nothing: the comment is no command'
const LONG = 'All work and no play makes Jack a dull boy.\n'
const ID = 'tl-0123456789ab'

const BODIES: readonly (readonly [what: string, body: string, outcome: string, said?: Said])[] = [
  ['the command alone', '/tech-lead review', 'review'],
  ['with its word', '/tech-lead review full', 'review, full'],
  ['the name alone', '/tech-lead', 'help'],
  ['in capitals', '/TECH-LEAD REVIEW', 'review'],
  ['with spaces around', '  /tech-lead   review   ', 'review'],
  ['with CRLF', 'Hi\r\n/tech-lead review\r\nBye', 'review'],
  ['with tabs', '/tech-lead\treview\tfull', 'review, full'],
  ['on the second line', 'Please:\n/tech-lead matrix', 'matrix'],
  ['two of them: the first', '/tech-lead diagram\n\n/tech-lead review', 'diagram'],
  ['after a fence', '```\nlog\n```\n\n/tech-lead config', 'config'],
  ['after 60 KB', `${LONG.repeat(1_400)}\n/tech-lead review`, 'review'],
  ['before 60 KB', `/tech-lead review\n\n${LONG.repeat(1_400)}`, 'review'],
  ['a line of 60 KB', `/tech-lead review ${'x'.repeat(60_000)}`, 'how to write review'],
  ['in more than GitHub takes', `/tech-lead review\n${'x'.repeat(65_536)}`, NONE],
  ['quoted', '> /tech-lead review', NONE],
  ['quoted, with an answer below', '> /tech-lead review\n\nWhat is that?', NONE],
  ['quoted lazily', '> see\n/tech-lead review', NONE],
  ['fenced', '```\n/tech-lead review\n```', NONE],
  ['fenced with tildes', '~~~\n/tech-lead review\n~~~', NONE],
  ['in a fence that stays open', '```\n/tech-lead review', NONE],
  ['in indented code', 'x\n\n    /tech-lead review', NONE],
  ['in a code span', 'Write `/tech-lead review` for that', NONE],
  ['in the middle of a line', 'please run /tech-lead review', NONE],
  ['in a list', '- /tech-lead review', NONE],
  ['in a table', '| a |\n|---|\n| /tech-lead review |', NONE],
  ['as a heading', '# /tech-lead review', NONE],
  ['in an HTML comment', '<!--\n/tech-lead review\n-->', NONE],
  ['in a details block', '<details>\n/tech-lead review\n</details>', NONE],
  ['behind a mark of right-to-left text', '\u200f/tech-lead review', NONE],
  ['after right-to-left text', 'אנא בדוק\n/tech-lead review', 'review'],
  ['with right-to-left words', '/tech-lead ask למה?', 'ask | למה?'],
  ['as a longer word', '/tech-leadership review', NONE],
  ['with an at sign', '@tech-lead review', NONE],
  ['a slip of the finger', '/tech-lead reveiw', 'unknown reveiw → /tech-lead review'],
  ['a word nobody knows', '/tech-lead deploy', 'unknown deploy → help'],
  ['a name from JavaScript', '/tech-lead __proto__', 'unknown __proto__ → help'],
  ['words too many', '/tech-lead matrix now', 'how to write matrix'],
  ['an id', `/tech-lead explain ${ID}`, `explain | ${ID}`],
  ['an id in backticks', `/tech-lead explain \`${ID}\``, `explain | ${ID}`],
  ['an id in capitals, with a full stop', '/tech-lead explain TL-0123AB.', 'explain | tl-0123ab'],
  ['the second of two equal ones', `/tech-lead explain ${ID}#2`, `explain | ${ID}#2`],
  ['an id that is too short', '/tech-lead explain tl-01', 'how to write explain'],
  ['no id', '/tech-lead explain', 'how to write explain'],
  ['an id and more', `/tech-lead explain ${ID} please`, 'how to write explain'],
  [
    'an id and a reason',
    `/tech-lead dismiss ${ID} The Proxy stops it.`,
    `dismiss | ${ID} | The Proxy stops it.`,
  ],
  ['an id without its reason', `/tech-lead dismiss ${ID}`, 'how to write dismiss'],
  ['a fact, and its line alone', '/tech-lead remember A\nB', 'remember | A'],
  ['no fact', '/tech-lead remember', 'how to write remember'],
  ['a question over lines', '/tech-lead ask Why?\n\n```\nx\n```', 'ask | Why?\n\n```\nx\n```'],
  ['a question below its command', '/tech-lead diagnose\nIt hangs.', 'diagnose | It hangs.'],
  [
    'a question with a second command',
    '/tech-lead ask A\n/tech-lead review',
    'ask | A\n/tech-lead review',
  ],
  ['a question with control characters', '/tech-lead ask a\u0000b\u0007c', 'ask | abc'],
  ['an unasked question', '/tech-lead ask', 'how to write ask'],
  [
    'edited to a command',
    '/tech-lead review',
    'nothing: the app does not act on this event',
    { action: 'edited' },
  ],
  [
    'deleted',
    '/tech-lead review',
    'nothing: the app does not act on this event',
    { action: 'deleted' },
  ],
  [
    'a review of a closed one',
    '/tech-lead review',
    'where review works: not on closed ones',
    { at: 'closed' },
  ],
  [
    'a pause of a closed one',
    '/tech-lead pause',
    'where pause works: not on closed ones',
    { at: 'closed' },
  ],
  [
    'an explanation in a closed one',
    `/tech-lead explain ${ID}`,
    `explain | ${ID}`,
    { at: 'closed' },
  ],
  [
    'a review of an issue',
    '/tech-lead review',
    'where review works: not on issues',
    { at: 'issue' },
  ],
  ['a design on an issue', '/tech-lead design refunds', 'design | refunds', { at: 'issue' }],
  ['a diagnosis on an issue', '/tech-lead diagnose 502s', 'diagnose | 502s', { at: 'issue' }],
  ['the inventory on an issue', '/tech-lead inventory', 'inventory', { at: 'issue' }],
  ['a command in a thread', '/tech-lead matrix', 'matrix', { at: 'thread' }],
  ['a command as a reply', '/tech-lead review', 'review', { at: 'reply in a thread' }],
  ['an objection', 'It cannot happen.', 'weigh: It cannot happen.', { at: 'reply in a thread' }],
  [
    'an objection in a closed one',
    'No.',
    'nothing: there is nothing to answer',
    { at: 'reply in a closed one' },
  ],
  ['a comment that begins a thread', 'It cannot happen.', NONE, { at: 'thread' }],
  ['ordinary talk', 'Looks good to me.', NONE],
  ['nothing', '', NONE],
  ['a review by a bot', '/tech-lead review', 'review', { by: 'bot' }],
  ['a question by a bot', '/tech-lead ask why', 'nothing: a bot is given no words', { by: 'bot' }],
  ['a slip by a bot', '/tech-lead reveiw', 'nothing: a bot is given no words', { by: 'bot' }],
  [
    'a bot that objects',
    'No.',
    'nothing: a bot is given no words',
    { by: 'bot', at: 'reply in a thread' },
  ],
  [
    'by a ghost',
    '/tech-lead review',
    'nothing: nobody is named who could give a command',
    { by: 'ghost' },
  ],
  [
    'by nobody',
    '/tech-lead review',
    'nothing: nobody is named who could give a command',
    { by: 'nobody' },
  ],
  ['by ourselves', '/tech-lead review', 'nothing: the app caused it itself', { by: 'us' }],
]

test.each(BODIES.map(([what, body, expected, said]) => ({ what, body, expected, said })))(
  '$what',
  ({ body, expected, said = {} }) => {
    expect(outcome(body, said)).toBe(expected)
  },
)

test('there are more than sixty of them', () => {
  expect(BODIES.length).toBeGreaterThan(60)
})
