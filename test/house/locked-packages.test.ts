import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import * as z from 'zod'

const HOME = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string) => readFileSync(`${HOME}${path}`, 'utf8')
const Versions = z.record(z.string(), z.string())
const { dependencies, devDependencies } = z
  .object({ dependencies: Versions, devDependencies: Versions })
  .parse(JSON.parse(read('package.json')))
const Locked = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  hasInstallScript: z.boolean().optional(),
})
const { '': _, ...locked } = z
  .object({ lockfileVersion: z.literal(3), packages: z.record(z.string(), Locked) })
  .parse(JSON.parse(read('package-lock.json'))).packages

/** In this repository, and so it has no digest of a registry. */
const OWN = 'node_modules/node-runtime'

test('each package is locked with a digest of what is installed', () => {
  const open = Object.entries(locked).filter(
    ([, { integrity }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''),
  )
  expect(open.map(([path]) => path)).toEqual([OWN])
  expect(locked[OWN]?.resolved).toBe('file:tools/node-runtime')
  expect(Object.keys(locked).length).toBeGreaterThan(300)
})

test('no package comes from elsewhere than the registry', () => {
  const elsewhere = Object.entries(locked).filter(
    ([, { resolved }]) =>
      resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'),
  )
  expect(elsewhere.map(([path]) => path)).toEqual([OWN])
})

test('what we ask for is one version, and the one that is locked', () => {
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    if (name === 'node-runtime') continue
    expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+$/)])
    expect([name, locked[`node_modules/${name}`]?.version]).toEqual([name, version])
  }
})

test('the packages of the image come from the lock, and no script of theirs runs', () => {
  const stages = read('Dockerfile').split(/^FROM /m)
  const packages = stages.find((stage) => /^\S+ AS packages\n/.test(stage)) ?? ''
  const installs = packages.match(/^RUN npm .*$/gm)
  expect(installs).toEqual([expect.stringMatching(/^RUN npm ci --omit=dev --ignore-scripts /)])
  expect(packages).toContain('COPY package.json package-lock.json .npmrc ./')
  const image = stages.at(-1) ?? ''
  expect(image).toContain('COPY --from=packages /app/node_modules node_modules')
  expect(image).not.toMatch(/\bnp[mx] |\byarn |\bpnpm /)
})
