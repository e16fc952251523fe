import pino from 'pino'

export const logger = pino({
  level: process.env.LOG_LEVEL ?? 'info',
  redact: {
    paths: [
      'request.headers',
      'request.auth',
      'request.data',
      'request.httpAgent',
      'request.httpsAgent',
    ],
    censor: '[removed]',
  },
})
