import axios, { AxiosError, AxiosInstance } from 'axios';
import axiosRetry from 'axios-retry';
import { CmsUnavailableError, EntryNotFoundError } from './errors';

export interface EntryFields {
  [field: string]: unknown;
}

export function createContentfulHttp(space: string, token: string): AxiosInstance {
  const http = axios.create({
    baseURL: `https://cdn.contentful.com/spaces/${space}/environments/master`,
    timeout: 3_000,
    maxContentLength: 2 * 1024 * 1024,
    headers: { Authorization: `Bearer ${token}` },
  });
  axiosRetry(http, { retries: 1 });
  return http;
}

export class ContentfulEntries {
  constructor(private readonly http: AxiosInstance) {}

  async byId(id: string): Promise<EntryFields> {
    try {
      const { data } = await this.http.get(`/entries/${encodeURIComponent(id)}`);
      return data.fields;
    } catch (err) {
      if (err instanceof AxiosError && err.response?.status === 404) {
        throw new EntryNotFoundError(id);
      }
      throw new CmsUnavailableError('contentful entry read failed', { cause: err });
    }
  }
}
