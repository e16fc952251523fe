import { createHmac } from 'node:crypto'
import { revalidateTag } from 'next/cache'
import { env } from '@/env'
import { db } from '@/db'
import { githubDeliveries } from '@/db/schema'

interface ReleasePayload {
  action: string
  repository?: { full_name?: string }
  release?: { tag_name?: string; prerelease?: boolean }
}

export async function POST(req: Request): Promise<Response> {
  const raw = await req.text()
  const signature = req.headers.get('x-hub-signature-256')
  const expected = `sha256=${createHmac('sha256', env.GITHUB_WEBHOOK_SECRET).update(raw).digest('hex')}`

  if (signature !== expected) {
    return new Response('invalid signature', { status: 401 })
  }

  const delivery = req.headers.get('x-github-delivery')
  if (!delivery) return new Response('no delivery id', { status: 400 })

  if (req.headers.get('x-github-event') !== 'release') {
    return new Response(null, { status: 204 })
  }

  const payload = JSON.parse(raw) as ReleasePayload
  const repo = payload.repository?.full_name
  if (payload.action !== 'published' || payload.release?.prerelease || !repo) {
    return new Response(null, { status: 204 })
  }

  await db.insert(githubDeliveries).values({ id: delivery, repo }).onConflictDoNothing()
  revalidateTag(`releases:${repo}`)
  return new Response(null, { status: 204 })
}
