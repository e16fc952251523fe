import { BadRequestException, Controller, Get, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { HttpService } from '@nestjs/axios';
import { ConfigService } from '@nestjs/config';
import { firstValueFrom } from 'rxjs';
import { randomBytes } from 'node:crypto';
import { AuthedRequest, SessionGuard } from '../auth/session.guard';
import { TokenVault } from './token-vault';

@UseGuards(SessionGuard)
@Controller('integrations/hubspot')
export class HubspotOauthController {
  constructor(
    private readonly http: HttpService,
    private readonly config: ConfigService,
    private readonly vault: TokenVault,
  ) {}

  @Get('connect')
  @Redirect()
  connect(@Req() req: AuthedRequest) {
    const state = randomBytes(24).toString('base64url');
    req.session.hubspotState = state;
    const url = new URL('https://app.hubspot.com/oauth/authorize');
    url.searchParams.set('client_id', this.config.getOrThrow('HUBSPOT_CLIENT_ID'));
    url.searchParams.set('redirect_uri', this.config.getOrThrow('HUBSPOT_REDIRECT_URI'));
    url.searchParams.set('scope', 'crm.objects.contacts.read');
    url.searchParams.set('state', state);
    return { url: url.toString() };
  }

  @Get('callback')
  @Redirect('/settings/integrations')
  async callback(@Req() req: AuthedRequest, @Query('code') code?: string, @Query('state') state?: string) {
    const expected = req.session.hubspotState;
    delete req.session.hubspotState;
    if (!code || !expected || state !== expected) {
      throw new BadRequestException('authorisation could not be confirmed');
    }
    const { data } = await firstValueFrom(
      this.http.post(
        'https://api.hubapi.com/oauth/v1/token',
        new URLSearchParams({
          grant_type: 'authorization_code',
          client_id: this.config.getOrThrow('HUBSPOT_CLIENT_ID'),
          client_secret: this.config.getOrThrow('HUBSPOT_CLIENT_SECRET'),
          redirect_uri: this.config.getOrThrow('HUBSPOT_REDIRECT_URI'),
          code,
        }),
        { timeout: 10_000 },
      ),
    );
    await this.vault.storeEncrypted(req.user.tenantId, 'hubspot', data);
  }
}
