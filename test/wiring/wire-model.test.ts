import { describe, expect, test } from 'vitest'
import { EnvironmentVariables } from '#wiring/environment-variables'
import { ceilingsOf, modelGranted } from '#wiring/wire-model'

describe('the repositories that may be sent to the model', () => {
  const granted = (globs: string | undefined, repository: string) => {
    const { TECH_LEAD_MODEL_REPOSITORIES: read } = EnvironmentVariables.pick({
      TECH_LEAD_MODEL_REPOSITORIES: true,
    }).parse({ TECH_LEAD_MODEL_REPOSITORIES: globs })
    const [owner = '', name = ''] = repository.split('/')
    return modelGranted({ modelRepositories: read }, { owner, name })
  }

  test('are all where the operator names none', () => {
    expect(granted(undefined, 'acme/shop')).toBe(true)
  })

  test.each([
    ['acme/shop', 'acme/shop-2'],
    ['acme/shop', 'other/shop'],
    ['acme/*', 'acme-labs/shop'],
    ['*/shop', 'acme/shops'],
    ['acme/s*, other/*', 'acme/pay'],
  ])('%s leaves out %s', (globs, repository) => {
    expect(granted(globs, repository)).toBe(false)
  })

  test.each([
    ['acme/shop', 'acme/shop'],
    ['Acme/Shop', 'aCME/sHOP'],
    ['acme/*', 'acme/.github'],
    ['acme/s*, other/*', 'other/pay'],
    ['*/*', 'acme/shop'],
  ])('%s has %s', (globs, repository) => {
    expect(granted(globs, repository)).toBe(true)
  })
})

describe('what may be spent', () => {
  const wanted = { usd_per_review: 1_000, usd_per_pull_request: 10_000, usd_per_day: 100_000 }

  test('is never more than the operator lets, whatever the settings of a repository ask for', () => {
    expect(ceilingsOf({ maxUsdPerReview: 3, maxUsdPerDay: 20 }, wanted)).toMatchObject({
      ...{ run: 3, perDay: 20 },
    })
  })

  test('is less where the repository wants less', () => {
    const modest = { ...wanted, usd_per_review: 0.5 }
    expect(ceilingsOf({ maxUsdPerReview: 3, maxUsdPerDay: null }, modest).run).toBe(0.5)
  })
})
