import { afterEach, describe, expect, test } from 'vitest'
import { Inventory } from '#core/inventory/inventory'
import { jsonText } from '#core/render/json-report'
import { inventoryLocally } from '#wiring/inventory-locally'
import { createGitRepository, type GitRepository } from '../support/git-repository.ts'

const repositories: GitRepository[] = []
afterEach(() => {
  for (const repository of repositories.splice(0)) repository.dispose()
})

const PAY = [
  "import Stripe from 'stripe'",
  'const stripe = new Stripe(process.env.STRIPE_SECRET_KEY)',
  'await stripe.refunds.create({ charge })',
  'await stripe.customers.list()',
  '',
].join('\n')

/** A repository whose first commit has a mail file, its second one a payment too. */
function shop(): GitRepository {
  const made = createGitRepository()
  repositories.push(made)
  made.write('src/mail.ts', "import sg from '@sendgrid/mail'\nawait sg.send({ to })\n")
  made.commit('mail')
  made.write('src/pay.ts', PAY)
  made.commit('pay')
  return made
}

const take = (directory: string, ref: string | null = null) =>
  inventoryLocally({ directory, ref }, () => {})
const places = ({ integrations }: Inventory) =>
  integrations.flatMap(({ id, sites }) => sites.map(({ what }) => `${id} ${what}`))

describe('the inventory of a git repository', () => {
  test('is the published version 1, twice with the same bytes', async () => {
    const { directory } = shop()
    const [first, second] = [await take(directory), await take(directory)]
    expect(Inventory.parse(JSON.parse(jsonText(first)))).toEqual(first)
    expect(jsonText(second)).toBe(jsonText(first))
    expect(places(first)).toEqual([
      'sendgrid sg.send',
      'stripe stripe.refunds.create',
      'stripe stripe.customers.list',
    ])
  })
  test('is that of a ref when one is named, also of a bare repository', async () => {
    const { directory, git } = shop()
    expect(places(await take(directory, 'HEAD~1'))).toEqual(['sendgrid sg.send'])
    git('clone', '--quiet', '--bare', '.', 'bare.git')
    expect(places(await take(`${directory}/bare.git`, 'HEAD~1'))).toEqual(['sendgrid sg.send'])
  })
  test('sees what is not committed', async () => {
    const { directory, write } = shop()
    write('src/pay.ts', PAY.replace('await stripe.customers.list()\n', ''))
    expect(places(await take(directory))).toEqual([
      'sendgrid sg.send',
      'stripe stripe.refunds.create',
    ])
  })
  test('stays the same to the byte when a commit is about something else', async () => {
    const { directory, write, commit } = shop()
    const before = jsonText(await take(directory))
    write('README.md', '# Shop\n')
    write('src/sum.ts', 'export const sum = (a: number, b: number) => a + b\n')
    commit('a sum')
    expect(jsonText(await take(directory))).toBe(before)
  })
  test('leaves out what the settings of the default branch exclude', async () => {
    const { directory, write, commit } = shop()
    write('.github/tech-lead.yml', "paths: { exclude: ['src/pay.ts'] }\n")
    commit('settings')
    expect(places(await take(directory))).toEqual(['sendgrid sg.send'])
  })
  test.each([
    ['an unknown ref', 'nowhere', /nowhere/],
    ['something that looks like an option', '--output=x', /--output=x/],
  ])('%s is one clear line', async (_, ref, message) => {
    const { directory } = shop()
    await expect(take(directory, ref)).rejects.toThrow(message)
  })
})
