import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { HANDLED_EVENTS } from '#core/job/handled-events'

const text = readFileSync('app.yml', 'utf8')
const manifest: Record<string, unknown> = parse(text)

/** GitHub sends these to every app. */
const unasked = ['installation', 'installation_repositories']

test('the app asks for these permissions and no others', () => {
  expect(manifest['default_permissions']).toEqual({
    metadata: 'read',
    contents: 'write',
    pull_requests: 'write',
    checks: 'write',
    issues: 'write',
    merge_queues: 'read',
  })
})

test('the app subscribes to exactly the events that it handles', () => {
  const handled = new Set(HANDLED_EVENTS.map((name) => name.split('.')[0] ?? ''))
  const subscribed = manifest['default_events']
  expect(Array.isArray(subscribed) && subscribed.toSorted()).toEqual(
    [...handled].filter((event) => !unasked.includes(event)).toSorted(),
  )
})

test('nobody else can install the app, and deliveries go to the path of the server', () => {
  expect(manifest['public']).toBe(false)
  expect(manifest['hook_attributes']).toEqual({
    url: expect.stringMatching(/^https:\/\/[^/]+\/api\/github\/webhooks$/),
    active: true,
  })
})

test('each permission and each event is justified by a comment', () => {
  const lines = text.split('\n')
  for (const [at, line] of lines.entries()) {
    if (/^ {2}(- )?[a-z_]+(: (read|write))?$/.test(line)) {
      expect(lines[at - 1], line).toMatch(/^ {2}# [A-Z]/)
    }
  }
})
