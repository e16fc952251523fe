import { readFileSync } from 'node:fs'
import { Agent } from 'node:https'
import axios, { type AxiosInstance } from 'axios'
import { z } from 'zod'

const WorkersResponse = z.object({
  workers: z.array(
    z.object({
      associateOID: z.string(),
      workerID: z.object({ idValue: z.string() }),
    }),
  ),
})

export interface AdpOptions {
  baseUrl: string
  certPath: string
  keyPath: string
  token: () => Promise<string>
}

export class AdpHttp {
  private readonly http: AxiosInstance

  constructor(private readonly options: AdpOptions) {
    this.http = axios.create({
      baseURL: options.baseUrl,
      timeout: 30_000,
      httpsAgent: new Agent({
        cert: readFileSync(options.certPath),
        key: readFileSync(options.keyPath),
        keepAlive: true,
      }),
    })
  }

  async workers(skip: number, top = 100) {
    const { data, status } = await this.http.get('/hr/v2/workers', {
      params: { $skip: skip, $top: top },
      headers: { authorization: `Bearer ${await this.options.token()}` },
    })
    if (status === 204) return []
    return WorkersResponse.parse(data).workers
  }
}
