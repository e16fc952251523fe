import { exec } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { PullRequestOpenedEvent } from '@octokit/webhooks-types'
import { buildPreview } from './build'
import { log } from './log'

const run = promisify(exec)

/** Called by the queue with events that the receiver has verified and de-duplicated. */
export async function checkoutAndBuild(event: PullRequestOpenedEvent): Promise<void> {
  const { head } = event.pull_request
  if (!head.repo) {
    log.info({ pr: event.number }, 'fork is gone, nothing to build')
    return
  }

  const dir = await mkdtemp(join(tmpdir(), 'preview-'))
  try {
    await run(`git clone --depth 1 --branch ${head.ref} ${head.repo.clone_url} ${dir}`, {
      timeout: 120_000,
      maxBuffer: 4 * 1024 * 1024,
    })
    await buildPreview({
      dir,
      repository: event.repository.full_name,
      pullRequest: event.number,
      sha: head.sha,
    })
    log.info({ pr: event.number, sha: head.sha }, 'preview built')
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}
