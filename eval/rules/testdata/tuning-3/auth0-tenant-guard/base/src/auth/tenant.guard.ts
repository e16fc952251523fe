import { CanActivate, ExecutionContext, Injectable, UnauthorizedException } from '@nestjs/common';
import type { Request } from 'express';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { AuthConfig } from './auth.config';

export interface TenantClaims {
  sub: string;
  permissions: string[];
  'https://app.fleetops.io/tenant': string;
}

@Injectable()
export class TenantGuard implements CanActivate {
  private readonly keys = createRemoteJWKSet(new URL(`${this.cfg.issuer}.well-known/jwks.json`));

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
    try {
      const { payload } = await jwtVerify(token, this.keys, {
        issuer: this.cfg.issuer,
        audience: this.cfg.audience,
        algorithms: ['RS256'],
      });
      return payload as unknown as TenantClaims;
    } catch {
      throw new UnauthorizedException();
    }
  }
}
