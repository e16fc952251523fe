import ky from 'ky'
import { z } from 'zod'

const Posting = z.object({
  id: z.string(),
  text: z.string(),
  hostedUrl: z.string().url(),
  categories: z.object({
    location: z.string().optional(),
    team: z.string().optional(),
    commitment: z.string().optional(),
  }),
})

const PAGE = 100
const lever = ky.create({ prefixUrl: 'https://api.eu.lever.co/v0/postings' })

export async function openPostings(site) {
  const all = []
  for (let skip = 0; ; skip += PAGE) {
    const raw = await lever.get(site, { searchParams: { mode: 'json', limit: PAGE, skip } }).json()
    const page = z.array(Posting).parse(raw)
    all.push(...page)
    if (page.length < PAGE) return all
  }
}

export function byTeam(postings) {
  const teams = new Map()
  for (const posting of postings) {
    const team = posting.categories.team ?? 'Other'
    teams.set(team, [...(teams.get(team) ?? []), posting])
  }
  return [...teams].sort(([a], [b]) => a.localeCompare(b))
}
