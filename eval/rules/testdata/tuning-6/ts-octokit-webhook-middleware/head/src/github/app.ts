import { createServer } from 'node:http'
import { createNodeMiddleware, Webhooks } from '@octokit/webhooks'
import { env } from '../env'
import { log } from '../log'
import { checkQueue } from '../queues'

const webhooks = new Webhooks({ secret: env.GITHUB_WEBHOOK_SECRET })

webhooks.on(['pull_request.opened', 'pull_request.synchronize'], async ({ id, payload }) => {
  // the delivery id is the job id: a redelivery does not add a second job
  await checkQueue.add(
    'check',
    {
      installationId: payload.installation?.id,
      repository: payload.repository.full_name,
      number: payload.pull_request.number,
      sha: payload.pull_request.head.sha,
    },
    { jobId: id, attempts: 4, backoff: { type: 'exponential', delay: 3_000 }, removeOnComplete: { age: 259_200 } },
  )
})

webhooks.on('installation.deleted', async ({ id, payload }) => {
  await checkQueue.add('forget', { installationId: payload.installation.id }, { jobId: id, attempts: 4 })
})

webhooks.onError((error) => {
  log.error({ errors: error.errors?.map((e) => e.message) }, 'github webhook failed')
})

const server = createServer(createNodeMiddleware(webhooks, { path: '/github/webhooks' }))
server.listen(env.PORT, () => log.info({ port: env.PORT }, 'listening'))
