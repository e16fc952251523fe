import axios, { type AxiosInstance } from 'axios'
import { HttpsProxyAgent } from 'https-proxy-agent'
import { config } from '../config'

/** One instance per carrier. Time limits and the proxy are set here and nowhere else. */
export function carrierHttp(baseURL: string, headers: Record<string, string>): AxiosInstance {
  return axios.create({
    baseURL,
    headers,
    timeout: config.carriers.timeoutMs ?? 12_000,
    maxContentLength: 5 * 1024 * 1024,
    proxy: false,
    httpsAgent: config.proxyUrl ? new HttpsProxyAgent(config.proxyUrl) : undefined,
  })
}
