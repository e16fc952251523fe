import axios, { AxiosInstance } from 'axios';
import { settings } from '../settings';

export class CarrierError extends Error {
  constructor(message: string, readonly status?: number) {
    super(message);
    this.name = 'CarrierError';
  }
}

export function carrierHttp(): AxiosInstance {
  const http = axios.create({
    baseURL: settings.carrier.baseUrl,
    maxContentLength: 2 * 1024 * 1024,
    headers: { 'x-api-key': settings.carrier.apiKey, accept: 'application/json' },
  });

  http.interceptors.response.use(
    (res) => res,
    (err) => Promise.reject(new CarrierError(err.message, err.response?.status)),
  );
  return http;
}
