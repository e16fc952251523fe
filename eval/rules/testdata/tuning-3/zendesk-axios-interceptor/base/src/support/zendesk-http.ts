import axios, { AxiosInstance, isAxiosError } from 'axios';
import { Logger } from 'winston';
import { metrics } from '../metrics';

export interface ZendeskSettings {
  subdomain: string;
  email: string;
  apiToken: string;
}

export function zendeskHttp(settings: ZendeskSettings, logger: Logger): AxiosInstance {
  const basic = Buffer.from(`${settings.email}/token:${settings.apiToken}`).toString('base64');
  const http = axios.create({
    baseURL: `https://${settings.subdomain}.zendesk.com/api/v2`,
    timeout: 8_000,
    headers: { Authorization: `Basic ${basic}`, Accept: 'application/json' },
  });

  http.interceptors.response.use(
    (response) => {
      metrics.increment('zendesk.request', { status: String(response.status) });
      return response;
    },
    (error) => {
      if (isAxiosError(error)) {
        metrics.increment('zendesk.request', { status: String(error.response?.status ?? 'network') });
        logger.error('zendesk request failed', {
          code: error.code,
          method: error.config?.method,
          path: error.config?.url,
          status: error.response?.status,
        });
      }
      return Promise.reject(error);
    },
  );
  return http;
}
