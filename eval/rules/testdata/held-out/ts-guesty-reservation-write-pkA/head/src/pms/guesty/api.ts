import ky from 'ky'

export class GuestyApi {
  private readonly http

  constructor(token: () => Promise<string>) {
    this.http = ky.create({
      prefixUrl: 'https://open-api.guesty.com',
      timeout: 20_000,
      retry: { limit: 3, methods: ['get'], statusCodes: [429, 502, 503, 504], maxRetryAfter: 60_000 },
      hooks: {
        beforeRequest: [
          async (request) => {
            request.headers.set('authorization', `Bearer ${await token()}`)
          },
        ],
      },
    })
  }

  get(path: string, query: Record<string, string | number>): Promise<unknown> {
    return this.http.get(path.replace(/^\//, ''), { searchParams: query }).json()
  }
}
