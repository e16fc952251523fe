import axios from 'axios';
import axiosRetry from 'axios-retry';

export const hubspot = axios.create({
  baseURL: 'https://api.hubapi.com',
  timeout: 8_000,
  maxContentLength: 5 * 1024 * 1024,
  headers: { authorization: `Bearer ${process.env.HUBSPOT_TOKEN}` },
});

axiosRetry(hubspot, {
  retries: 3,
  retryDelay: axiosRetry.exponentialDelay,
  retryCondition: (e) => axiosRetry.isNetworkOrIdempotentRequestError(e) || e.response?.status === 429,
});
