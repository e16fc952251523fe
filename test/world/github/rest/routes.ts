import { appRoutes } from './app-routes.ts'
import type { Route } from './call.ts'
import { checkRoutes } from './check-routes.ts'
import { gitRoutes } from './git-routes.ts'
import { issueRoutes } from './issue-routes.ts'
import { pullRoutes } from './pull-routes.ts'
import { repositoryRoutes } from './repository-routes.ts'
import { reviewRoutes } from './review-routes.ts'

type Compiled = { route: Route; method: string; pattern: RegExp; names: string[]; fixed: number }

/** Parameters whose value may hold slashes. */
const WITH_SLASHES = new Set(['path', 'ref', 'branch', 'basehead'])

function compile(route: Route): Compiled {
  const [method = '', template = ''] = route.operation.split(' ')
  const names = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
  const source = template
    .replaceAll('/{path}', '(?:/(.*))?')
    .replaceAll(/\{(\w+)\}/g, (_, name: string) => (WITH_SLASHES.has(name) ? '(.+)' : '([^/]+)'))
  const fixed = template.split('/').filter((part) => !part.startsWith('{')).length
  return { route, method, names, fixed, pattern: new RegExp(`^${source}$`) }
}

/** Every REST route of the world. */
export const ROUTES: Route[] = [
  ...appRoutes,
  ...repositoryRoutes,
  ...gitRoutes,
  ...pullRoutes,
  ...reviewRoutes,
  ...issueRoutes,
  ...checkRoutes,
]

// The most specific template goes first: `commits/{ref}/check-runs` before `commits/{ref}`.
const COMPILED = ROUTES.map(compile).sort((a, b) => b.fixed - a.fixed)

function decoded(value: string | undefined): string {
  try {
    return decodeURIComponent(value ?? '')
  } catch {
    return value ?? ''
  }
}

/** Finds the route of a request and the values of its path. */
export function matchRoute(
  method: string,
  path: string,
): { route: Route; params: Record<string, string> } | null {
  for (const { route, method: wanted, pattern, names } of COMPILED) {
    const match = wanted === method ? pattern.exec(path) : null
    if (match !== null) {
      const pairs = names.map((name, index) => [name, decoded(match[index + 1])])
      return { route, params: Object.fromEntries(pairs) }
    }
  }
  return null
}
