import { createHash, timingSafeEqual } from 'node:crypto'
import { exec as execCallback } from 'node:child_process'
import { promisify } from 'node:util'
import { claimPush } from './push-store.js'
import { log } from '../log.js'

const exec = promisify(execCallback)
const sha256 = (text) => createHash('sha256').update(text).digest()

export default async function gitlabHook(fastify, { token, checkoutDir }) {
  const expected = sha256(token)

  fastify.post('/hooks/gitlab', { bodyLimit: 1024 * 1024 }, async (request, reply) => {
    const given = sha256(String(request.headers['x-gitlab-token'] ?? ''))
    if (!timingSafeEqual(given, expected)) return reply.code(401).send()
    if (request.headers['x-gitlab-event'] !== 'Push Hook') return reply.code(204).send()

    const { ref, after, project } = request.body ?? {}
    if (typeof ref !== 'string' || typeof after !== 'string' || !project?.id) return reply.code(400).send()
    const branch = ref.replace('refs/heads/', '')

    if (!(await claimPush(request.headers['x-gitlab-event-uuid'], project.id))) return reply.code(204).send()
    reply.code(202).send()

    try {
      const { stdout } = await exec(
        `git -C ${checkoutDir} fetch origin ${branch} && ./bin/preview up ${branch}`,
        { timeout: 10 * 60_000 },
      )
      log.info({ branch, after, output: stdout.slice(-400) }, 'preview deployed')
    } catch (err) {
      log.error({ branch, after, code: err.code }, 'preview failed')
    }
    return reply
  })
}
