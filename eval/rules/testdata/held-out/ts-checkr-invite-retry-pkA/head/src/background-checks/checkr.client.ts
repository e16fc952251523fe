import { Injectable, Logger } from '@nestjs/common'
import { HttpService } from '@nestjs/axios'
import { ConfigService } from '@nestjs/config'
import { firstValueFrom } from 'rxjs'

export interface CheckrInvitation {
  id: string
  status: 'pending' | 'completed' | 'expired'
  invitation_url: string
}

@Injectable()
export class CheckrClient {
  private readonly logger = new Logger(CheckrClient.name)

  constructor(
    private readonly http: HttpService,
    private readonly config: ConfigService,
  ) {}

  async invitation(id: string): Promise<CheckrInvitation> {
    const url = `https://api.checkr.com/v1/invitations/${encodeURIComponent(id)}`
    let lastError: unknown

    for (let attempt = 1; attempt <= 10; attempt++) {
      try {
        const { data } = await firstValueFrom(
          this.http.get<CheckrInvitation>(url, {
            auth: { username: this.config.getOrThrow('CHECKR_API_KEY'), password: '' },
            timeout: 8_000,
          }),
        )
        return data
      } catch (error) {
        lastError = error
        this.logger.warn(`invitation ${id}: attempt ${attempt} failed`)
      }
    }
    throw new Error(`invitation ${id} could not be read`, { cause: lastError })
  }
}
