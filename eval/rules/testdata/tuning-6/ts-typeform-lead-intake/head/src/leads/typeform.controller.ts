import { createHmac, timingSafeEqual } from 'node:crypto'
import { Controller, Headers, HttpCode, Post, RawBodyRequest, Req, UnauthorizedException } from '@nestjs/common'
import type { Request } from 'express'
import { LeadsService } from './leads.service'
import { AppConfig } from '../config/app-config'

interface Answer {
  field: { ref: string }
  email: string
  text: string
  choice: { label: string }
}

interface TypeformPayload {
  event_id: string
  form_response: { token: string; submitted_at: string; answers: Answer[] }
}

@Controller('hooks/typeform')
export class TypeformController {
  constructor(
    private readonly leads: LeadsService,
    private readonly config: AppConfig,
  ) {}

  @Post()
  @HttpCode(200)
  async receive(@Req() req: RawBodyRequest<Request>, @Headers('typeform-signature') signature = ''): Promise<void> {
    const body = req.rawBody ?? Buffer.alloc(0)
    const expected = createHmac('sha256', this.config.typeformSecret).update(body).digest()
    const given = Buffer.from(signature.replace(/^sha256=/, ''), 'base64')
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw new UnauthorizedException()
    }

    const payload = JSON.parse(body.toString('utf8')) as TypeformPayload
    const answer = (ref: string) => payload.form_response.answers.find((a) => a.field.ref === ref)
    const email = answer('work_email')!.email.toLowerCase()
    const company = answer('company')!.text.trim()
    const size = answer('team_size')!.choice.label

    // unique on response_token: a second delivery changes nothing
    await this.leads.createOnce({
      responseToken: payload.form_response.token,
      email,
      company,
      teamSize: size,
      submittedAt: new Date(payload.form_response.submitted_at),
    })
  }
}
