import got from 'got';
import { config } from './config.js';

export const weatherHttp = got.extend({
  prefixUrl: config.weather.baseUrl,
  headers: { 'x-api-key': config.weather.apiKey },
  timeout: { connect: 1000, response: 3000, request: 5000 },
  retry: { limit: 2, methods: ['GET'], statusCodes: [429, 502, 503, 504], maxRetryAfter: 2000 },
  responseType: 'json',
});
