import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { IdentityClient, IdentityError } from '../../src/identity/client'

const server = setupServer()
const client = new IdentityClient({ baseUrl: 'https://id.test', token: 'test-token', timeoutMs: 500 })

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

describe('deactivateUser', () => {
  it('posts to the lifecycle endpoint', async () => {
    let authorization: string | null = null
    server.use(
      http.post('https://id.test/users/u-17/deactivate', ({ request }) => {
        authorization = request.headers.get('authorization')
        return new HttpResponse(null, { status: 204 })
      }),
    )
    await client.deactivateUser('u-17')
    expect(authorization).toBe('Bearer test-token')
  })

  it.each([401, 404, 500])('throws for %i', async (status) => {
    server.use(http.post('https://id.test/users/u-18/deactivate', () => new HttpResponse(null, { status })))
    await expect(client.deactivateUser('u-18')).rejects.toMatchObject(new IdentityError(status))
  })
})
