import axios from 'axios';
import { env } from '../env';

const BASE = 'https://api.intercom.io';

const http = axios.create({
  baseURL: BASE,
  timeout: 7_500,
  maxContentLength: 4 * 1024 * 1024,
  maxRedirects: 0,
  headers: {
    Authorization: `Bearer ${env.INTERCOM_TOKEN}`,
    'Intercom-Version': '2.11',
    Accept: 'application/json',
  },
});

export const intercom = {
  async get<T>(path: string): Promise<T> {
    const { data } = await http.get<T>(path);
    return data;
  },

  /** Turns a cursor URL into a path and refuses foreign hosts, the token goes nowhere else. */
  relative(url: string): string {
    const parsed = new URL(url, BASE);
    if (parsed.origin !== BASE) throw new Error('cursor points to another host');
    return parsed.pathname + parsed.search;
  },
};
