import { createHmac, timingSafeEqual } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { ConfigService } from '@nestjs/config'

@Injectable()
export class ConnectSignatureService {
  private readonly secret: string

  constructor(config: ConfigService) {
    this.secret = config.getOrThrow<string>('DOCUSIGN_CONNECT_HMAC_KEY')
  }

  isValid(body: Buffer, signature: string | undefined): boolean {
    if (!signature) return false
    const expected = createHmac('sha256', this.secret).update(body).digest()
    const given = Buffer.from(signature, 'base64')
    return given.length === expected.length && timingSafeEqual(given, expected)
  }
}
