import { BadGatewayException, Body, Controller, Param, Post, UseGuards } from '@nestjs/common'
import { IsUrl } from 'class-validator'
import axios from 'axios'
import ical from 'node-ical'
import { HostGuard } from '../auth/host.guard'
import { AvailabilityService } from './availability.service'

class ImportCalendarDto {
  @IsUrl({ require_tld: false, protocols: ['http', 'https'] })
  url!: string
}

@Controller('listings/:listingId/calendars')
@UseGuards(HostGuard)
export class CalendarImportController {
  constructor(private readonly availability: AvailabilityService) {}

  @Post()
  async import(@Param('listingId') listingId: string, @Body() dto: ImportCalendarDto) {
    let text: string
    try {
      const response = await axios.get<string>(dto.url, {
        responseType: 'text',
        timeout: 10_000,
        maxContentLength: 2 * 1024 * 1024,
      })
      text = response.data
    } catch (error) {
      throw new BadGatewayException('calendar could not be loaded', { cause: error })
    }

    const events = Object.values(ical.sync.parseICS(text)).filter((entry) => entry?.type === 'VEVENT')
    const blocked = events.map((event) => ({
      uid: event.uid,
      from: event.start,
      to: event.end,
    }))
    await this.availability.replaceImported(listingId, dto.url, blocked)
    return { imported: blocked.length }
  }
}
