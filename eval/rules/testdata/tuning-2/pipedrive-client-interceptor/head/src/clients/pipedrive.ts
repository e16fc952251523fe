import axios, { AxiosError, type AxiosInstance } from 'axios';
import { logger } from '../lib/logger';

export interface Person {
  id: number;
  name: string;
  org_id: number | null;
}

export interface PipedriveOptions {
  companyDomain: string;
  accessToken: string;
}

export class PipedriveClient {
  private readonly http: AxiosInstance;

  constructor({ companyDomain, accessToken }: PipedriveOptions) {
    if (!/^[a-z0-9-]+$/.test(companyDomain)) {
      throw new Error('invalid company domain');
    }
    const http = axios.create({
      baseURL: `https://${companyDomain}.pipedrive.com/api/v2`,
      timeout: 8_000,
      maxContentLength: 5 * 1024 * 1024,
      headers: { Authorization: `Bearer ${accessToken}`, Accept: 'application/json' },
    });

    http.interceptors.response.use(
      (response) => response,
      (error: AxiosError) => {
        logger.error('pipedrive call failed', {
          status: error.response?.status,
          request: error.config,
          reason: error.code ?? error.message,
        });
        return Promise.reject(error);
      },
    );
    this.http = http;
  }

  async person(id: number): Promise<Person> {
    const { data } = await this.http.get<{ data: Person }>(`/persons/${id}`);
    return data.data;
  }

  async *persons(): AsyncGenerator<Person> {
    let cursor: string | undefined;
    do {
      const { data } = await this.http.get<{
        data: Person[];
        additional_data?: { next_cursor?: string | null };
      }>('/persons', { params: { limit: 200, cursor } });
      yield* data.data;
      cursor = data.additional_data?.next_cursor ?? undefined;
    } while (cursor);
  }
}
