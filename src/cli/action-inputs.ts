import { readFile } from 'node:fs/promises'
import * as z from 'zod'
import { LIMITS, REVIEWERS } from '#cli/choices'
import type { RepositoryRef } from '#core/job/job'
import { Problem } from '#core/problem'

type Environment = Readonly<Record<string, string | undefined>>

/** What a step of a workflow was given, as `with`. An empty value means unset. */
export interface ActionInputs {
  readonly repo: string
  readonly base: string | null
  readonly head: string | null
  readonly reviewer: (typeof REVIEWERS)[number]
  readonly failOn: (typeof LIMITS)[number]
  readonly sarifFile: string | null
  readonly htmlFile: string | null
  readonly jsonFile: string | null
  readonly comments: 'auto' | 'never'
  readonly token: string | null
  /** Signs marks; null leaves them to the account that posts. */
  readonly markerKey: string | null
}

/** A shorter key can be guessed by whoever reads a mark. */
const SHORTEST_KEY = 16

/** @throws Problem `action.input` that names the input and what it may be */
export function readInputs(environment: Environment): ActionInputs {
  // The runner upper-cases the name and leaves its hyphens.
  const text = (name: string) => environment[`INPUT_${name.toUpperCase()}`]?.trim() || null
  const choice = <Word extends string>(name: string, words: readonly Word[], usual: Word): Word => {
    const given = text(name)
    if (given === null) return usual
    const known = words.find((word) => word === given)
    if (known !== undefined) return known
    const message = `The input ${name} is "${given}"; it may be ${words.join(', ')}.`
    throw new Problem('action.input', 'told', message)
  }
  const markerKey = text('marker-key')
  if (markerKey !== null && markerKey.length < SHORTEST_KEY) {
    const message = `The input marker-key is too short; it needs ${SHORTEST_KEY} characters or more.`
    throw new Problem('action.input', 'told', message)
  }
  return {
    markerKey,
    repo: text('repo') ?? environment['GITHUB_WORKSPACE'] ?? '.',
    base: text('base'),
    head: text('head'),
    reviewer: choice('reviewer', REVIEWERS, 'auto'),
    failOn: choice('fail-on', LIMITS, 'never'),
    sarifFile: text('sarif-file'),
    htmlFile: text('html-file'),
    jsonFile: text('json-file'),
    comments: choice('comments', ['auto', 'never'], 'auto'),
    token: text('token'),
  }
}

/** What started the workflow, as far as a review needs it. */
export interface ActionEvent {
  /** Null for an event that is about no pull request. */
  readonly pull: { readonly number: number; readonly base: string; readonly head: string } | null
  /** Of a push; null for its first commits. */
  readonly push: { readonly base: string | null; readonly head: string } | null
  readonly repository: RepositoryRef | null
}

const Sha = z.string().regex(/^[0-9a-f]{40,64}$/)
const Event = z.object({
  pull_request: z
    .object({
      number: z.int().positive(),
      base: z.object({ sha: Sha }),
      head: z.object({ sha: Sha }),
    })
    .nullish()
    .catch(null),
  before: Sha.nullish().catch(null),
  after: Sha.nullish().catch(null),
  repository: z
    .object({
      id: z.int().positive(),
      name: z.string().min(1),
      private: z.boolean().catch(false),
      owner: z.object({ login: z.string().min(1) }),
    })
    .nullish()
    .catch(null),
})

const NONE: ActionEvent = { pull: null, push: null, repository: null }

/**
 * Reads the event file that the runner names; without one nothing is known of an event.
 *
 * @throws Problem `action.event` when the named file cannot be read
 */
export async function readEvent(environment: Environment): Promise<ActionEvent> {
  const path = environment['GITHUB_EVENT_PATH'] ?? ''
  if (path === '') return NONE
  try {
    const event = Event.parse(JSON.parse(await readFile(path, 'utf8')))
    const { pull_request: pull, before, after, repository } = event
    return {
      pull: pull ? { number: pull.number, base: pull.base.sha, head: pull.head.sha } : null,
      push: after ? { base: before && !/^0+$/.test(before) ? before : null, head: after } : null,
      repository: repository ? { ...repository, owner: repository.owner.login } : null,
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : 'unknown reason'
    const message = `Cannot read the event file ${path}: ${reason}.`
    throw new Problem('action.event', 'told', message, { cause })
  }
}
