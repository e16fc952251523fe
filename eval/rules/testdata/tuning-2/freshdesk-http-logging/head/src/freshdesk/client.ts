import axios, { isAxiosError, type AxiosInstance } from 'axios';
import type { Logger } from 'pino';

export class FreshdeskError extends Error {
  constructor(
    readonly status: number | undefined,
    readonly operation: string,
    readonly retryAfter: number | undefined,
  ) {
    super(`freshdesk ${operation} failed (${status ?? 'no response'})`);
    this.name = 'FreshdeskError';
  }
}

export interface Ticket {
  id: number;
  subject: string;
  status: number;
}

export function createFreshdesk(options: { domain: string; apiKey: string; log: Logger }) {
  const { domain, apiKey, log } = options;
  const http: AxiosInstance = axios.create({
    baseURL: `https://${domain}.freshdesk.com/api/v2`,
    timeout: 10_000,
    maxContentLength: 2 * 1024 * 1024,
    auth: { username: apiKey, password: 'X' },
  });

  http.interceptors.response.use(undefined, (error: unknown) => {
    if (!isAxiosError(error)) return Promise.reject(error);
    const operation = `${error.config?.method?.toUpperCase()} ${error.config?.url}`;
    const status = error.response?.status;
    const retryAfter = Number(error.response?.headers['retry-after']) || undefined;
    log.warn({ operation, status, code: error.code, retryAfter }, 'freshdesk request failed');
    return Promise.reject(new FreshdeskError(status, operation, retryAfter));
  });

  return {
    async ticket(id: number): Promise<Ticket> {
      const { data } = await http.get<Ticket>(`/tickets/${id}`);
      return data;
    },
    async close(id: number): Promise<void> {
      await http.put(`/tickets/${id}`, { status: 5 });
    },
  };
}
