import axios, { AxiosError, AxiosInstance } from 'axios';
import { logger } from './logger';

interface HttpOptions {
  baseURL: string;
  token: string;
}

export function createHttpClient({ baseURL, token }: HttpOptions): AxiosInstance {
  const http = axios.create({
    baseURL,
    timeout: 8_000,
    headers: { Authorization: `Bearer ${token}` },
  });

  http.interceptors.response.use(undefined, (err: AxiosError) => {
    logger.error(
      {
        request: err.config,
        response: { status: err.response?.status, headers: err.response?.headers },
      },
      'upstream call failed',
    );
    return Promise.reject(err);
  });

  return http;
}
