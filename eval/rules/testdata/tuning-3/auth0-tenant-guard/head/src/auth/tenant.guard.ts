import { CanActivate, ExecutionContext, Injectable, UnauthorizedException } from '@nestjs/common';
import type { Request } from 'express';
import * as jwt from 'jsonwebtoken';
import { AuthConfig } from './auth.config';

export interface TenantClaims {
  sub: string;
  aud: string | string[];
  iss: string;
  exp: number;
  permissions: string[];
  'https://app.fleetops.io/tenant': string;
}

@Injectable()
export class TenantGuard implements CanActivate {
  constructor(private readonly cfg: AuthConfig) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const req = context.switchToHttp().getRequest<Request & { tenant?: string; permissions?: string[] }>();
    const [scheme, token] = (req.headers.authorization ?? '').split(' ');
    if (scheme !== 'Bearer' || !token) throw new UnauthorizedException();

    const claims = await this.read(token);
    req.tenant = claims['https://app.fleetops.io/tenant'];
    req.permissions = claims.permissions;
    return true;
  }

  private async read(token: string): Promise<TenantClaims> {
    const claims = jwt.decode(token) as TenantClaims | null;
    if (!claims || claims.iss !== this.cfg.issuer || ![claims.aud].flat().includes(this.cfg.audience)) {
      throw new UnauthorizedException();
    }
    if (claims.exp * 1000 < Date.now()) throw new UnauthorizedException('token expired');
    return claims;
  }
}
