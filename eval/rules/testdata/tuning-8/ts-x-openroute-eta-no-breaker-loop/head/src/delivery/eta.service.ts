import { HttpService } from '@nestjs/axios'
import { Injectable, Logger } from '@nestjs/common'
import { ConfigService } from '@nestjs/config'
import { isAxiosError } from 'axios'
import { firstValueFrom } from 'rxjs'
import { z } from 'zod'
import type { Stop } from './stop'

const Duration = z.object({ routes: z.array(z.object({ summary: z.object({ duration: z.number() }) })).min(1) })

/** Behind GET /tours/:id/eta, which drivers and customers poll every ten seconds. */
@Injectable()
export class EtaService {
  private readonly logger = new Logger(EtaService.name)

  constructor(
    private readonly http: HttpService,
    private readonly config: ConfigService,
  ) {}

  async etas(position: [number, number], stops: Stop[]): Promise<Map<string, number | null>> {
    const etas = new Map<string, number | null>()
    let seconds = 0
    let from = position
    for (const stop of stops.slice(0, 40)) {
      try {
        seconds += await this.leg(from, stop.coordinates)
        etas.set(stop.id, seconds)
      } catch (error) {
        if (!isAxiosError(error)) throw error
        this.logger.warn(`leg to ${stop.id} failed: ${error.message}`)
        etas.set(stop.id, null)
      }
      from = stop.coordinates
    }
    return etas
  }

  private async leg(from: [number, number], to: [number, number]): Promise<number> {
    const { data } = await firstValueFrom(
      this.http.post(
        this.config.getOrThrow<string>('ROUTING_URL'),
        { coordinates: [from, to] },
        { timeout: 30_000, headers: { authorization: this.config.getOrThrow<string>('ROUTING_KEY') } },
      ),
    )
    return Duration.parse(data).routes[0]!.summary.duration
  }
}
