import pino from 'pino'
import got from 'got'

const log = pino({
  name: 'remote-client',
  redact: { paths: ['request.headers.authorization', 'request.headers.cookie'], censor: '[redacted]' },
})

export function createRemoteClient({ token, baseUrl = 'https://gateway.remote.com/v1' }) {
  const http = got.extend({
    prefixUrl: baseUrl,
    responseType: 'json',
    timeout: { connect: 3_000, request: 20_000 },
    retry: { limit: 2, methods: ['GET'], maxRetryAfter: 30_000 },
    headers: { authorization: `Bearer ${token}` },
    hooks: {
      beforeRequest: [
        (options) => {
          log.info({ request: { method: options.method, url: options.url.pathname, headers: options.headers } }, 'call')
        },
      ],
      afterResponse: [
        (response) => {
          log.info({ status: response.statusCode, ms: response.timings.phases.total }, 'answer')
          return response
        },
      ],
    },
  })

  return {
    async employment(id) {
      const { body } = await http.get(`employments/${encodeURIComponent(id)}`)
      return body.data.employment
    },
    async approveTimeOff(id) {
      const { body } = await http.post(`timeoff/${encodeURIComponent(id)}/approve`, { json: {} })
      return body.data.timeoff
    },
  }
}
