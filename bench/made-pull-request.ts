import type { toFileDiffs } from '#github/changed-files'
import type { Sort } from './made-code.ts'
import { addedPatch, createMaker, type Maker, madePatch } from './made-diff.ts'

/** A pull request as GitHub lists it, with the text at head of every file that has one. */
export interface MadePullRequest {
  readonly listed: readonly Listed[]
  readonly texts: ReadonlyMap<string, string>
}

type Listed = Parameters<typeof toFileDiffs>[0][number]

interface Plan {
  /** Out of a hundred files. */
  readonly share: number
  readonly sort: Sort | 'binary'
  /** `$` is a made-up name. */
  readonly path: string
  readonly lines: number
}

/** A large change of a shop: a tenth of it talks to other systems. */
const PLANS: readonly Plan[] = [
  { share: 8, sort: 'integration', path: 'services/$/src/$/$.ts', lines: 120 },
  { share: 2, sort: 'integration', path: 'services/$/src/webhooks/$.ts', lines: 80 },
  { share: 20, sort: 'domain', path: 'services/$/src/$/$.ts', lines: 120 },
  { share: 4, sort: 'domain', path: 'web/src/components/$.tsx', lines: 100 },
  { share: 8, sort: 'python', path: 'jobs/$/$.py', lines: 120 },
  { share: 8, sort: 'go', path: 'internal/$/$.go', lines: 120 },
  { share: 18, sort: 'domain', path: 'services/$/test/$.test.ts', lines: 160 },
  { share: 10, sort: 'prose', path: 'docs/$/$.md', lines: 60 },
  { share: 8, sort: 'data', path: 'web/src/i18n/$.json', lines: 120 },
  { share: 2, sort: 'lock', path: 'services/$/package-lock.json', lines: 800 },
  { share: 3, sort: 'data', path: 'services/$/config/$.json', lines: 30 },
  { share: 3, sort: 'domain', path: 'web/src/generated/$.ts', lines: 200 },
  { share: 6, sort: 'binary', path: 'web/assets/$.png', lines: 0 },
]

/** Makes a pull request of `count` files, always the same one. */
export function madePullRequest(count: number, seed: number): MadePullRequest {
  const maker = createMaker(seed)
  const listed: Listed[] = []
  const texts = new Map<string, string>()
  for (let index = 0; index < count; index += 1) {
    const plan = planOf(index)
    const path = plan.path.replace(/\$/g, () => maker.name()).replace(/\.\w+$/, `-${index}$&`)
    const { file, text } = madeFile(maker, plan, path)
    listed.push(file)
    if (text !== null) texts.set(path, text)
  }
  return { listed, texts }
}

/** Spreads the sorts evenly, so that neighbours differ as they do in a list by path. */
function planOf(index: number): Plan {
  let left = (index * 37) % 100
  for (const plan of PLANS) {
    left -= plan.share
    if (left < 0) return plan
  }
  throw new Error('The shares do not make a hundred.')
}

function madeFile(
  maker: Maker,
  { sort, lines }: Plan,
  path: string,
): { file: Listed; text: string | null } {
  if (sort === 'binary') {
    return { file: { filename: path, status: 'added', changes: 0 }, text: null }
  }
  if (maker.int(3) === 0) {
    const head = Array.from({ length: lines }, () => maker.line(sort))
    const patch = addedPatch(head)
    return {
      file: { filename: path, status: 'added', changes: lines, patch },
      text: `${head.join('\n')}\n`,
    }
  }
  const { patch, head } = madePatch(maker, sort, Math.ceil(lines / 3))
  return {
    file: { filename: path, status: 'modified', changes: lines, patch },
    text: `${head.join('\n')}\n`,
  }
}
