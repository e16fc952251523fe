import { expect, test } from 'vitest'
import type { RepositoryRef } from '#core/job/job'
import { Problem } from '#core/problem'
import { followReach, type Reach } from '#flow/reach'

const FROM = { version: 1, installation: 5, delivery: 'd' } as const
const repository = (id: number): RepositoryRef => ({
  id,
  owner: 'acme',
  name: `r${id}`,
  private: true,
})

function reach(pages: readonly (readonly number[])[] | null, over: Partial<Reach> = {}) {
  const queued: number[] = []
  const forgotten: (readonly number[] | null)[] = []
  const woken: number[] = []
  const accepted: number[] = []
  let asked = 0
  const it: Reach = {
    introduces: true,
    installation: () => ({
      exists: async () => pages !== null,
      async *repositories() {
        if (pages === null) throw new Problem('github.gone', 'gone', 'GitHub answered 404')
        for (const page of pages) {
          asked += 1
          yield page.map(repository)
        }
      },
      budget: async () => ({ left: 1, resetAt: 0 }),
    }),
    enqueue: async (jobs) => void queued.push(...jobs.map((job) => job.repository.id)),
    accepted: (installation) => void accepted.push(installation),
    wake: async (installation) => void woken.push(installation),
    forget: async (_, repositories) => void forgotten.push(repositories),
    ...over,
  }
  return { it, queued, forgotten, woken, accepted, asked: () => asked }
}

test('an installation of any size is read page by page, whatever its event lists', async () => {
  const { it, queued } = reach([[1, 2], [3]])
  await followReach(it, { ...FROM, kind: 'installation', change: 'created' })
  expect(queued).toEqual([1, 2, 3])
})

test('who wants silence gets no look at all, not even a question', async () => {
  const { it, queued, asked } = reach([[1]], { introduces: false })
  await followReach(it, { ...FROM, kind: 'installation', change: 'created' })
  await followReach(it, {
    ...FROM,
    kind: 'repositories',
    change: 'added',
    repositories: [repository(1)],
  })
  expect([queued, asked()]).toEqual([[], 0])
})

test('an installation that is gone is forgotten; one that is there again is not', async () => {
  const gone = reach(null)
  await followReach(gone.it, { ...FROM, kind: 'installation', change: 'deleted' })
  expect(gone.forgotten).toEqual([null])
  const again = reach([[1]])
  await followReach(again.it, { ...FROM, kind: 'installation', change: 'deleted' })
  expect(again.forgotten).toEqual([])
})

test('a late or replayed event takes nothing from a repository that is reached', async () => {
  const repositories = [repository(1), repository(2)]
  const some = reach([[1, 9]])
  await followReach(some.it, { ...FROM, kind: 'repositories', change: 'removed', repositories })
  expect(some.forgotten).toEqual([[2]])
  const none = reach(null)
  await followReach(none.it, { ...FROM, kind: 'repositories', change: 'removed', repositories })
  expect(none.forgotten).toEqual([[1, 2]])
})

test('work that waited goes on when an installation is resumed or granted more', async () => {
  const { it, woken, queued } = reach([[1]])
  await followReach(it, { ...FROM, kind: 'installation', change: 'suspended' })
  await followReach(it, { ...FROM, kind: 'installation', change: 'resumed' })
  expect([woken, queued]).toEqual([[5], []])
  await followReach(it, { ...FROM, kind: 'installation', change: 'permissions' })
  expect([woken, queued]).toEqual([[5, 5], [1]])
})

test('a new name changes nothing; another account is looked at; what is deleted is forgotten', async () => {
  const { it, queued, forgotten } = reach([])
  for (const change of ['renamed', 'archived', 'transferred', 'deleted'] as const) {
    await followReach(it, { ...FROM, kind: 'repository', change, repository: repository(4) })
  }
  expect([queued, forgotten]).toEqual([[4], [[4]]])
})
