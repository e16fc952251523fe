import axios, { type AxiosInstance } from 'axios'
import { logger } from '../logging'

/** All carrier clients start here, so that limits and logging are the same. */
export function carrierHttp(name: string, baseURL: string): AxiosInstance {
  const http = axios.create({
    baseURL,
    maxContentLength: 2 * 1024 * 1024,
    maxRedirects: 0,
  })
  http.interceptors.response.use(undefined, (error: unknown) => {
    if (axios.isAxiosError(error)) {
      logger.warn({ carrier: name, status: error.response?.status, code: error.code }, 'carrier call failed')
    }
    throw error
  })
  return http
}
