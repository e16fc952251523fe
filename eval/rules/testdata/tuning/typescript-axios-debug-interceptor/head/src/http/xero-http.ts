import axios, { AxiosInstance, InternalAxiosRequestConfig } from 'axios';
import type { Logger } from 'pino';
import type { TokenProvider } from '../auth/token-provider';

export interface XeroHttpDeps {
  tokens: TokenProvider;
  log: Logger;
  tenantId: string;
}

export function createXeroHttp({ tokens, log, tenantId }: XeroHttpDeps): AxiosInstance {
  const http = axios.create({
    baseURL: 'https://api.xero.com/api.xro/2.0',
    timeout: 15_000,
    headers: { accept: 'application/json', 'xero-tenant-id': tenantId },
  });

  http.interceptors.request.use(async (config: InternalAxiosRequestConfig) => {
    config.headers.set('authorization', `Bearer ${await tokens.accessToken(tenantId)}`);
    log.info(
      { method: config.method, url: config.url, headers: config.headers.toJSON(), data: config.data },
      'xero request',
    );
    return config;
  });

  http.interceptors.response.use(
    (res) => res,
    (err) => {
      log.warn({ url: err.config?.url, status: err.response?.status, code: err.code }, 'xero call failed');
      return Promise.reject(err);
    },
  );

  return http;
}
