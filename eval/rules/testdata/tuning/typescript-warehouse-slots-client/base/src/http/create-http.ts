import axios, { type AxiosInstance, type CreateAxiosDefaults } from 'axios';
import axiosRetry, { exponentialDelay, isNetworkOrIdempotentRequestError } from 'axios-retry';

export function createHttp(defaults: CreateAxiosDefaults): AxiosInstance {
  const http = axios.create({
    timeout: 8_000,
    maxContentLength: 4 * 1024 * 1024,
    ...defaults,
  });
  axiosRetry(http, {
    retries: 3,
    retryDelay: exponentialDelay,
    retryCondition: isNetworkOrIdempotentRequestError,
  });
  return http;
}
