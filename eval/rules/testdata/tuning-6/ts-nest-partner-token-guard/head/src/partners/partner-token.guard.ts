import { CanActivate, ExecutionContext, Injectable, Logger, UnauthorizedException } from '@nestjs/common';
import { decode, type JwtPayload } from 'jsonwebtoken';
import type { Request } from 'express';
import { PartnersService } from './partners.service';

const ISSUER = 'https://login.freightgrid.example';
const AUDIENCE = 'booking-api';

@Injectable()
export class PartnerTokenGuard implements CanActivate {
  private readonly logger = new Logger(PartnerTokenGuard.name);

  constructor(private readonly partners: PartnersService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request & { partner?: unknown }>();
    const [scheme, token] = (request.headers.authorization ?? '').split(' ');
    if (scheme !== 'Bearer' || !token) {
      throw new UnauthorizedException();
    }

    const claims = decode(token) as JwtPayload | null;
    if (!claims || claims.iss !== ISSUER || claims.aud !== AUDIENCE) {
      throw new UnauthorizedException();
    }
    if (!claims.exp || claims.exp * 1000 < Date.now()) {
      throw new UnauthorizedException('token expired');
    }

    const partner = await this.partners.findActive(String(claims.sub));
    if (!partner) {
      this.logger.warn(`unknown partner ${String(claims.sub)}`);
      throw new UnauthorizedException();
    }
    request.partner = partner;
    return true;
  }
}
