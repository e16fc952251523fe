import axios, { type AxiosInstance, type InternalAxiosRequestConfig } from 'axios';
import { randomUUID } from 'node:crypto';
import { config } from '../config';
import { logger } from '../logger';

function traceRequest(request: InternalAxiosRequestConfig): InternalAxiosRequestConfig {
  request.headers.set('x-request-id', randomUUID());
  logger.info(
    { method: request.method, url: request.url, headers: request.headers.toJSON() },
    'courier request',
  );
  return request;
}

export function createCourierHttp(): AxiosInstance {
  const http = axios.create({
    baseURL: config.courier.baseUrl,
    timeout: 12_000,
    maxContentLength: 5 * 1024 * 1024,
    headers: {
      Authorization: `Bearer ${config.courier.apiToken}`,
      Accept: 'application/json',
    },
  });

  http.interceptors.request.use(traceRequest);
  http.interceptors.response.use(
    (response) => {
      logger.info({ status: response.status, url: response.config.url }, 'courier response');
      return response;
    },
    (error) => {
      logger.warn(
        { status: error.response?.status, code: error.code, url: error.config?.url },
        'courier request failed',
      );
      return Promise.reject(error);
    },
  );
  return http;
}
