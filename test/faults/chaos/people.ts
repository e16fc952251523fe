import { setTimeout as sleep } from 'node:timers/promises'
import type { PullRequest, Repository } from '../../world/github/state.ts'
import type { GitHubWorld } from '../../world/github/world.ts'
import type { Case } from '../flawed-pull-request.ts'
import { type Act, actsOf, type Order } from './order.ts'

const MAIL = `import sendgrid from '@sendgrid/mail'
sendgrid.setApiKey(process.env.SENDGRID_API_KEY ?? '')
export const send = (to: string) =>
  sendgrid.send({ to, from: 'a@b.example', text: 'hi', subject: 's' })
`

const chargeOf = (pull: number) => `import Stripe from 'stripe'

const stripe = new Stripe(process.env.STRIPE_SECRET_KEY ?? '')

export async function charge${pull}(order: { id: string; cents: number }) {
  return stripe.paymentIntents.create({ amount: order.cents, currency: 'eur', confirm: true })
}
`

const pushOf = (
  pull: number,
  push: number,
) => `export async function tell${push}(order: { id: string }) {
  const response = await fetch('https://api.hubapi.com/crm/v3/objects/deals/${pull}/${push}', { method: 'POST', body: JSON.stringify(order) })
  return response.json()
}
`

/** Repositories with integration code, before anybody opens a pull request. */
export async function buildRepositories(
  world: GitHubWorld,
  { repositories }: Order,
): Promise<readonly Repository[]> {
  const made: Repository[] = []
  for (let index = 0; index < repositories; index += 1) {
    made.push(
      await world.createRepository({
        owner: 'acme',
        name: `shop-${index}`,
        private: true,
        roles: { dev: 'write' },
        files: { 'README.md': '# shop\n', 'src/mail.ts': MAIL },
      }),
    )
  }
  return made
}

/** Does everything that people do, in time; gives the pull requests that there are then. */
export async function act(
  world: GitHubWorld,
  order: Order,
  repositories: readonly Repository[],
): Promise<readonly Case[]> {
  const begun = performance.now()
  const cases = new Map<number, Case>()
  for (const one of actsOf(order)) {
    await sleep(Math.max(0, one.atMs - (performance.now() - begun)))
    const repository = repositories[one.pull % repositories.length]
    if (repository === undefined) throw new Error('there are no repositories')
    const pull = await perform(world, repository, one)
    if (pull !== null) cases.set(one.pull, { repository, pull })
  }
  return [...cases.values()]
}

async function perform(
  world: GitHubWorld,
  repository: Repository,
  { pull, push }: Act,
): Promise<PullRequest | null> {
  const branch = `pay-${pull}`
  const author = 'dev'
  if (push > 0) {
    const files = { [`src/tell-${pull}-${push}.ts`]: pushOf(pull, push) }
    await world.push(repository, branch, { author, message: `tell ${push}`, files })
    return null
  }
  const files = { [`src/charge-${pull}.ts`]: chargeOf(pull) }
  await world.push(repository, branch, { author, message: 'pay', files })
  return world.openPullRequest({ repository, head: branch, title: `Pay ${pull}`, author })
}
