import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { announcedText } from '#core/job/announced-text'
import { HANDLED_EVENTS } from '#core/job/handled-events'
import { Job, jobKey } from '#core/job/job'
import { jobFromEvent } from '#core/job/job-from-event'

const SELF = { appId: 500, botUserId: 600 }
const DELIVERY = '72d3162e-cc78-11e3-81ab-4c9367dc0958'
const HEAD = 'ec26c3e57ca3a959ca5aad62de7213c562f8c821'

const repository = {
  id: 10,
  name: 'shop',
  full_name: 'acme/shop',
  owner: { login: 'acme', id: 1, type: 'Organization' },
  private: true,
  default_branch: 'main',
}
const ref = { id: 10, owner: 'acme', name: 'shop', private: true }
const ann = { id: 7, login: 'ann', type: 'User' }
const evilBot = { id: 8, login: 'evil[bot]', type: 'Bot' }
const self = { id: 600, login: 'integrations-tech-lead[bot]', type: 'Bot' }
const common = { installation: { id: 3 }, repository, sender: ann }
const origin = { version: 1, installation: 3, repository: ref, delivery: DELIVERY }
const asker = { login: 'ann', userId: 7, bot: false }

const pullRequest = {
  number: 42,
  state: 'open',
  merged: false,
  user: ann,
  head: { sha: HEAD, repo: { id: 10 } },
}

function payloadOf(name: string): Record<string, unknown> {
  const [event = '', action] = name.split('.')
  const own: Record<string, Record<string, unknown>> = {
    pull_request: {
      pull_request: pullRequest,
      changes: { base: { ref: { from: 'develop' }, sha: { from: HEAD } } },
    },
    issue_comment: {
      issue: { number: 42, state: 'open', user: ann, pull_request: { url: 'x' } },
      comment: { id: 99, body: '/tech-lead review', user: ann, performed_via_github_app: null },
    },
    pull_request_review_comment: {
      pull_request: pullRequest,
      comment: { id: 98, body: '/tech-lead review full', user: ann },
    },
    check_run: {
      requested_action: { identifier: 'review' },
      check_run: {
        id: 77,
        head_sha: HEAD,
        external_id: 'run-key',
        app: { id: 500 },
        pull_requests: [{ number: 42, base: { repo: { id: 10 } } }],
      },
    },
    check_suite: {
      check_suite: {
        id: 78,
        head_sha: HEAD,
        app: { id: 500 },
        pull_requests: [{ number: 42, base: { repo: { id: 10 } } }],
      },
    },
    merge_group: { merge_group: { head_sha: HEAD, head_ref: 'refs/heads/gh-readonly-queue/x' } },
    push: { ref: 'refs/heads/main', after: HEAD, deleted: false },
    installation: {},
    installation_repositories: {
      repositories_added: [{ id: 11, name: 'crm', full_name: 'acme/crm', private: false }],
      repositories_removed: [{ id: 12, name: 'old', full_name: 'acme/old', private: true }],
    },
    repository: {},
  }
  const rest = { ...own[event] }
  return { ...(action === undefined ? {} : { action }), ...common, ...rest }
}

function decide(name: string, change: Record<string, unknown> = {}) {
  const [event = ''] = name.split('.')
  return jobFromEvent(
    { delivery: DELIVERY, event, payload: { ...payloadOf(name), ...change } },
    SELF,
  )
}
const job = (rest: Record<string, unknown>) => ({ kind: 'job', job: { ...origin, ...rest } })
const ignored = (because: string) => ({ kind: 'ignored', because })

describe('each handled event asks for its job', () => {
  const automatic = (action: string) =>
    job({ kind: 'review', pull: 42, head: HEAD, trigger: { kind: 'automatic', action } })
  const installation = (change: string) => ({
    kind: 'job',
    job: { version: 1, installation: 3, delivery: DELIVERY, kind: 'installation', change },
  })
  const expected: Record<string, unknown> = {
    'pull_request.opened': automatic('opened'),
    'pull_request.reopened': automatic('reopened'),
    'pull_request.synchronize': automatic('synchronize'),
    'pull_request.ready_for_review': automatic('ready_for_review'),
    'pull_request.edited': automatic('edited'),
    'pull_request.converted_to_draft': job({ kind: 'withdraw', pull: 42 }),
    'pull_request.closed': job({ kind: 'settle', pull: 42, merged: false, head: HEAD }),
    'issue_comment.created': job({
      kind: 'review',
      pull: 42,
      head: '',
      trigger: { kind: 'command', commentId: 99, surface: 'conversation', ...asker, full: false },
    }),
    'pull_request_review_comment.created': job({
      kind: 'review',
      pull: 42,
      head: '',
      trigger: { kind: 'command', commentId: 98, surface: 'thread', ...asker, full: true },
    }),
    'check_run.rerequested': job({
      kind: 'review',
      pull: 42,
      head: HEAD,
      trigger: { kind: 'rerun', checkRunId: 77, ...asker },
    }),
    'check_run.requested_action': job({
      kind: 'review',
      pull: 42,
      head: HEAD,
      trigger: { kind: 'rerun', checkRunId: 77, ...asker },
    }),
    'check_suite.rerequested': job({
      kind: 'review',
      pull: 42,
      head: HEAD,
      trigger: { kind: 'rerun', checkRunId: null, ...asker },
    }),
    'merge_group.checks_requested': job({ kind: 'merge-group', head: HEAD }),
    push: job({ kind: 'push', branch: 'main', head: HEAD }),
    'installation.created': installation('created'),
    'installation.deleted': installation('deleted'),
    'installation.suspend': installation('suspended'),
    'installation.unsuspend': installation('resumed'),
    'installation.new_permissions_accepted': installation('permissions'),
    'installation_repositories.added': {
      kind: 'job',
      job: {
        version: 1,
        installation: 3,
        delivery: DELIVERY,
        kind: 'repositories',
        change: 'added',
        repositories: [{ id: 11, owner: 'acme', name: 'crm', private: false }],
      },
    },
    'installation_repositories.removed': {
      kind: 'job',
      job: {
        version: 1,
        installation: 3,
        delivery: DELIVERY,
        kind: 'repositories',
        change: 'removed',
        repositories: [{ id: 12, owner: 'acme', name: 'old', private: true }],
      },
    },
    'repository.renamed': job({ kind: 'repository', change: 'renamed' }),
    'repository.transferred': job({ kind: 'repository', change: 'transferred' }),
    'repository.deleted': job({ kind: 'repository', change: 'deleted' }),
    'repository.archived': job({ kind: 'repository', change: 'archived' }),
    'repository.privatized': job({ kind: 'repository', change: 'privatized' }),
    'repository.publicized': job({ kind: 'repository', change: 'publicized' }),
  }

  test.each(HANDLED_EVENTS)('%s', (name) => {
    const decision = decide(name)
    expect(decision).toEqual(expected[name])
    expect(decision.kind === 'job' && Job.safeParse(decision.job).success).toBe(true)
  })
})

describe('pull requests', () => {
  test('a merged one is settled as merged', () => {
    expect(
      decide('pull_request.closed', { pull_request: { ...pullRequest, merged: true } }),
    ).toEqual(job({ kind: 'settle', pull: 42, merged: true, head: HEAD }))
  })

  test.each([
    ['the title alone', { title: { from: 'old' } }],
    ['the body alone', { body: { from: 'old' } }],
    ['the base commit alone', { base: { sha: { from: HEAD } } }],
    ['nothing that is named', null],
  ])('an edit of %s is ignored', (_, changes) => {
    expect(decide('pull_request.edited', { changes })).toEqual(
      ignored('the base branch did not change'),
    )
  })

  test('a deleted fork and a deleted author change nothing', () => {
    const orphan = { ...pullRequest, user: null, head: { sha: HEAD, repo: null, user: null } }
    expect(decide('pull_request.opened', { pull_request: orphan }).kind).toBe('job')
  })

  test("the app's own are skipped, whatever its name is", () => {
    const own = { ...pullRequest, user: { ...self, login: 'renamed[bot]' } }
    expect(decide('pull_request.opened', { pull_request: own })).toEqual(
      ignored('the pull request is the app’s own'),
    )
  })

  test('a stranger with the name of the app is a stranger', () => {
    const pretender = { ...pullRequest, user: { ...self, id: 601 } }
    expect(decide('pull_request.opened', { pull_request: pretender }).kind).toBe('job')
  })

  test('a push names the head that was left', () => {
    const before = 'b'.repeat(40)
    const trigger = { kind: 'automatic', action: 'synchronize' }
    expect(decide('pull_request.synchronize', { before, after: HEAD })).toEqual(
      job({ kind: 'review', pull: 42, head: HEAD, trigger, earlier: [before] }),
    )
    expect(decide('pull_request.opened', { before })).not.toHaveProperty('job.earlier')
  })

  test('an event that the app caused is ignored', () => {
    expect(decide('pull_request.synchronize', { sender: self })).toEqual(
      ignored('the app caused it itself'),
    )
  })

  test('an event of a webhook that is not the app’s is ignored', () => {
    expect(decide('pull_request.opened', { installation: undefined })).toEqual(
      ignored('no installation is named: it did not come through the app'),
    )
  })
})

describe('comments', () => {
  const comment = { id: 99, body: '/tech-lead review', user: ann }
  const issue = { number: 42, state: 'open', user: ann, pull_request: {} }

  test.each([
    ['by the bot account', { ...comment, user: self }],
    ['through the app for a person', { ...comment, performed_via_github_app: { id: 500 } }],
  ])('the app’s own, written %s, never command', (_, own) => {
    expect(decide('issue_comment.created', { comment: own })).toEqual(
      ignored('the comment is the app’s own'),
    )
  })

  test('a bot’s review command says that it is a bot’s', () => {
    const decision = decide('issue_comment.created', { comment: { ...comment, user: evilBot } })
    expect(decision.kind === 'job' && decision.job).toMatchObject({
      trigger: { kind: 'command', userId: 8, bot: true },
    })
  })

  test('a bot gets no help and no correction, so two bots cannot talk for ever', () => {
    for (const body of ['/tech-lead help', '/tech-lead what']) {
      expect(
        decide('issue_comment.created', { comment: { ...comment, body, user: evilBot } }),
      ).toEqual(ignored('a bot is given no words'))
    }
  })

  test.each([
    ['nobody', null],
    ['a deleted account', { id: 10_137, login: 'ghost', type: 'User' }],
    ['an organization', { id: 5, login: 'acme', type: 'Organization' }],
    ['an account without an id', { login: 'ann', type: 'User' }],
  ])('%s cannot command', (_, user) => {
    expect(decide('issue_comment.created', { comment: { ...comment, user } })).toEqual(
      ignored('nobody is named who could give a command'),
    )
  })

  test.each([
    ['a plain issue', { ...issue, pull_request: undefined }, 'issue'],
    ['a closed pull request', { ...issue, state: 'closed' }, 'closed'],
  ])('a review that is asked for on %s is answered with where it works', (_, on, where) => {
    const decision = decide('issue_comment.created', { issue: on })
    expect(decision.kind === 'job' && decision.job).toMatchObject({
      kind: 'command',
      command: { name: 'misplaced', of: 'review', on: where },
    })
  })

  test.each([
    ['issue_comment.created', 'issue', issue],
    ['pull_request_review_comment.created', 'pull_request', pullRequest],
  ])('a review that %s asks for is bound to the words that stood there', (name, part, subject) => {
    const said = { ...subject, title: 'Pay', body: 'With a card.' }
    const decision = decide(name, { [part]: said })
    const announced = announcedText('Pay', 'With a card.')
    expect(decision).toHaveProperty('job.trigger.announced', announced)
    expect(decision.kind === 'job' && Job.safeParse(decision.job).success).toBe(true)
    expect(decide(name, { [part]: { ...said, body: null } })).toHaveProperty(
      'job.trigger.announced',
      announcedText('Pay', ''),
    )
  })

  const written = (created_at: unknown) =>
    decide('issue_comment.created', { comment: { ...comment, created_at } })

  test('a review that is asked for carries the moment of its comment', () => {
    const decision = written('2026-11-30T10:00:05Z')
    expect(decision).toHaveProperty('job.trigger.at', '2026-11-30T10:00:05Z')
    expect(decision.kind === 'job' && Job.safeParse(decision.job).success).toBe(true)
  })

  test('an event of a pull request carries the moment at which it was changed', () => {
    const updated_at = '2026-11-30T10:00:05Z'
    const decision = decide('pull_request.synchronize', {
      pull_request: { ...pullRequest, updated_at },
    })
    expect(decision).toHaveProperty('job.trigger.at', updated_at)
    expect(decision.kind === 'job' && Job.safeParse(decision.job).success).toBe(true)
  })

  test.each(['yesterday', 7, null])('a moment that is none (%j) costs no review', (moment) => {
    const decision = written(moment)
    expect(decision).toHaveProperty('job.kind', 'review')
    expect(decision).not.toHaveProperty('job.trigger.at')
  })

  test.each(['Pay', '', 'A'.repeat(64), 5, null])(
    'a digest that is none (%j) counts as no words, and costs no review',
    (announced) => {
      const decision = decide('issue_comment.created', { issue: { ...issue, announced } })
      expect(decision).not.toHaveProperty('job.trigger.announced')
      expect(decision).toHaveProperty('job.kind', 'review')
    },
  )

  test('help is given on a plain issue too', () => {
    expect(
      decide('issue_comment.created', {
        issue: { ...issue, pull_request: null },
        comment: { ...comment, body: '/tech-lead help' },
      }),
    ).toEqual(
      job({
        kind: 'command',
        issue: 42,
        onPull: false,
        commentId: 99,
        surface: 'conversation',
        root: null,
        ...asker,
        command: { name: 'help', words: [], id: null, text: null },
      }),
    )
  })

  test('an unknown command is answered with the one that was meant', () => {
    const body = '/tech-lead reveiw'
    const decision = decide('issue_comment.created', { comment: { ...comment, body } })
    expect(decision.kind === 'job' && decision.job).toMatchObject({
      kind: 'command',
      onPull: true,
      command: { name: 'unknown', word: 'reveiw', suggestion: '/tech-lead review' },
    })
  })

  test('ordinary talk, edits and deletions ask for nothing', () => {
    expect(decide('issue_comment.created', { comment: { ...comment, body: 'Nice!' } })).toEqual(
      ignored('the comment is no command'),
    )
    for (const action of ['edited', 'deleted']) {
      expect(decide('issue_comment.created', { action })).toEqual(
        ignored('the app does not act on this event'),
      )
    }
  })

  test('commands on the app’s own pull request are ignored', () => {
    expect(decide('issue_comment.created', { issue: { ...issue, user: self } })).toEqual(
      ignored('the pull request is the app’s own'),
    )
  })
})

describe('re-run buttons', () => {
  const check = { id: 77, head_sha: HEAD, external_id: 'run-key', app: { id: 500 } }
  const lost = job({
    kind: 'rerun',
    head: HEAD,
    externalId: 'run-key',
    checkRunId: 77,
    ...asker,
  })

  test('the button of a paused check resumes, and reviews what it stands on', () => {
    const requested_action = { identifier: 'resume' }
    expect(decide('check_run.requested_action', { check_run: check, requested_action })).toEqual({
      kind: 'job',
      job: { ...lost.job, resumes: true },
    })
  })

  test('a button that we do not have is ignored, and so is none', () => {
    for (const requested_action of [{ identifier: 'merge' }, null]) {
      expect(decide('check_run.requested_action', { check_run: check, requested_action })).toEqual(
        ignored('the check has no such button'),
      )
    }
  })

  test('another app’s check is ignored', () => {
    expect(decide('check_run.rerequested', { check_run: { ...check, app: { id: 501 } } })).toEqual(
      ignored('the check is another app’s'),
    )
    expect(decide('check_run.rerequested', { check_run: { ...check, app: null } }).kind).toBe(
      'ignored',
    )
  })

  test.each([
    ['a fork, where none is named', []],
    [
      'a head of two pull requests',
      [42, 43].map((n) => ({ number: n, base: { repo: { id: 10 } } })),
    ],
    ['a pull request of another repository', [{ number: 5, base: { repo: { id: 11 } } }]],
  ])('%s is found through the external id', (_, pulls) => {
    expect(
      decide('check_run.rerequested', { check_run: { ...check, pull_requests: pulls } }),
    ).toEqual(lost)
  })
})

describe('pushes', () => {
  test.each([
    ['to another branch', { ref: 'refs/heads/feature' }],
    ['of a tag with the name of the branch', { ref: 'refs/tags/main' }],
  ])('%s are ignored', (_, change) => {
    expect(decide('push', change)).toEqual(ignored('the push is not to the default branch'))
  })

  test('deleting the branch is no push', () => {
    expect(decide('push', { deleted: true })).toEqual(ignored('the branch was deleted'))
  })
})

describe('payloads that are not what they should be', () => {
  test.each([null, undefined, 'text', 7, [], true])('%j is ignored', (payload) => {
    for (const name of HANDLED_EVENTS) {
      const [event = ''] = name.split('.')
      expect(jobFromEvent({ delivery: DELIVERY, event, payload }, SELF).kind).toBe('ignored')
    }
  })

  test('a payload under the name of another event never throws', () => {
    for (const name of HANDLED_EVENTS) {
      for (const other of HANDLED_EVENTS) {
        const [event = ''] = other.split('.')
        const payload = payloadOf(name)
        expect(() => jobFromEvent({ delivery: DELIVERY, event, payload }, SELF)).not.toThrow()
      }
    }
  })

  const wrong = [null, undefined, 0, -1, 1.5, Number.MAX_VALUE, '', 'x', true, [], {}, [null], [{}]]
  test.each(HANDLED_EVENTS)(
    '%s survives every field being null, missing or of a wrong type',
    (name) => {
      const [event = ''] = name.split('.')
      for (const [path, payload] of spoiled(payloadOf(name), wrong)) {
        const decision = jobFromEvent({ delivery: DELIVERY, event, payload }, SELF)
        if (decision.kind === 'job') {
          expect(Job.safeParse(decision.job).error, path).toBeUndefined()
        } else {
          expect(decision.because, path).not.toBe('')
        }
      }
    },
  )

  test('no JSON at all makes it throw, and what it makes is a job', () => {
    fc.assert(
      fc.property(fc.constantFrom(...HANDLED_EVENTS), fc.object(), (name, noise) => {
        const decision = decide(name, noise)
        expect(decision.kind === 'ignored' || Job.safeParse(decision.job).success).toBe(true)
      }),
    )
  })
})

/** The payload with one field after the other replaced by each wrong value, at every depth. */
function* spoiled(
  value: unknown,
  wrong: readonly unknown[],
  path = '',
): Generator<[string, unknown]> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return
  }
  for (const [key, inner] of Object.entries(value)) {
    for (const bad of wrong) {
      yield [`${path}${key} = ${JSON.stringify(bad)}`, { ...value, [key]: bad }]
    }
    for (const [deeper, replaced] of spoiled(inner, wrong, `${path}${key}.`)) {
      yield [deeper, { ...value, [key]: replaced }]
    }
  }
}

describe('keys', () => {
  const keyOf = (name: string, change = {}) => {
    const decision = decide(name, change)
    return decision.kind === 'job' ? jobKey(decision.job) : null
  }

  test('reviews of a pull request share one, so the newest takes the place of the others', () => {
    expect(keyOf('pull_request.opened')).toBe('3/10#42')
    expect(keyOf('pull_request.synchronize')).toBe('3/10#42')
    expect(keyOf('check_run.rerequested')).toBe('3/10#42')
  })

  test('two comments are answered one by one', () => {
    const help = (id: number) => ({ comment: { id, body: '/tech-lead help', user: ann } })
    expect(keyOf('issue_comment.created', help(1))).toBe('3/10#42/conversation-1')
    expect(keyOf('issue_comment.created', help(2))).toBe('3/10#42/conversation-2')
  })

  test('two lists of repositories do not take each other’s place', () => {
    expect(keyOf('installation_repositories.added')).toBe(`3/added/${DELIVERY}`)
  })
})
