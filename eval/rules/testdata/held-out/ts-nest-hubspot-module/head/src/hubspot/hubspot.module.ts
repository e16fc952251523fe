import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { HubspotService } from './hubspot.service';

@Module({
  imports: [
    HttpModule.registerAsync({
      imports: [ConfigModule],
      inject: [ConfigService],
      useFactory: (config: ConfigService) => ({
        baseURL: 'https://api.hubapi.com',
        timeout: 8_000,
        maxRedirects: 0,
        headers: { Authorization: `Bearer ${config.getOrThrow('HUBSPOT_PRIVATE_APP_TOKEN')}` },
      }),
    }),
  ],
  providers: [HubspotService],
  exports: [HubspotService],
})
export class HubspotModule {}
