import pino from 'pino';

export const logger = pino({
  level: process.env.LOG_LEVEL ?? 'info',
  redact: {
    paths: [
      'headers.authorization',
      'headers["x-api-key"]',
      'headers.cookie',
      '*.accessToken',
      '*.refreshToken',
    ],
    censor: '[redacted]',
  },
  base: { service: 'freight-gateway' },
});
