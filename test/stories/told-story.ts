import { usedDataDir } from '../support/embedded-data-dir.ts'
import {
  eventually,
  removedAtExit,
  type ServerProcess,
  startServer,
  WEBHOOK_SECRET,
} from '../support/server-process.ts'
import { createGitHubWorld, type GitHubWorld } from '../world/github/world.ts'
import { FLAWED, SHOP_FILES } from './shop.ts'

type Repository = Awaited<ReturnType<GitHubWorld['createRepository']>>
type Pull = Awaited<ReturnType<GitHubWorld['openPullRequest']>>
type Seen = Awaited<ReturnType<GitHubWorld['conversation']>>

/** One pull request in a repository of its own, in the world of a running server. */
export interface Scene {
  readonly repository: Repository
  readonly pull: Pull
  seen(): Promise<Seen>
  /** Waits until the page shows it, then until the world is idle, and gives the page back. */
  until(holds: (seen: Seen) => boolean, what: string): Promise<Seen>
}

export interface Stage {
  readonly world: GitHubWorld
  readonly server: ServerProcess
  scene(order?: {
    private?: boolean
    author?: string
    draft?: boolean
    files?: Readonly<Record<string, string>>
    settings?: string
  }): Promise<Scene>
  close(): Promise<void>
}

let count = 0

/** A world and a server that listens to it. Repositories of one stage share both. */
export async function createStage(): Promise<Stage> {
  const world = await createGitHubWorld()
  const server = await startServer(world, { dataDir: await removedAtExit(usedDataDir()) })
  world.sendTo(server.webhookUrl, WEBHOOK_SECRET)
  return {
    world,
    server,
    async scene({ author = 'dev', draft = false, settings, ...order } = {}) {
      count += 1
      const config = settings === undefined ? {} : { '.github/tech-lead.yml': settings }
      const repository = await world.createRepository({
        owner: `acme-${count}`,
        name: 'shop',
        private: order.private ?? false,
        files: { ...SHOP_FILES, ...config },
        roles: { dev: 'write', maintainer: 'maintain', reader: 'read' },
      })
      await world.push(repository, 'work', { author, files: { ...(order.files ?? FLAWED) } })
      const ask = { repository, head: 'work', title: 'Work', author, draft }
      const pull = await world.openPullRequest(ask)
      const seen = () => world.conversation(repository, pull)
      return {
        repository,
        pull,
        seen,
        async until(holds, what) {
          let page = await seen()
          await eventually(
            () => holds(page),
            `${what}; the page: ${JSON.stringify(page.checks)}\n${server.log().slice(-3_000)}`,
            20_000,
            async () => {
              page = await seen()
            },
          )
          await world.webhooks.idle()
          return seen()
        },
      }
    },
    async close() {
      await server.stop()
      await world.stop()
    },
  }
}

/** A completed check with such a title on the newest head. */
export const checked =
  (title: RegExp) =>
  (seen: Seen): boolean =>
    seen.checks.some(
      (check) =>
        check.headSha === seen.headSha &&
        check.status === 'completed' &&
        title.test(check.title ?? ''),
    )

/** The reactions of the app to the comment of this text. */
export const reactions = (seen: Seen, body: string): readonly string[] =>
  seen.comments.find((comment) => comment.body === body)?.reactions ?? []

/** The conversation without what people wrote. */
export const appComments = (seen: Seen) =>
  seen.comments.filter((comment) => comment.author.endsWith('[bot]'))
