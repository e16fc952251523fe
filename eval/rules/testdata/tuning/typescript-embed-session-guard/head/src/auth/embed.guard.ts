import { CanActivate, ExecutionContext, Injectable, UnauthorizedException } from '@nestjs/common';
import { decodeJwt } from 'jose';
import type { FastifyRequest } from 'fastify';
import { AuthConfig } from './auth.config';

export interface EmbedPrincipal {
  userId: string;
  orgId: string;
  role: 'viewer' | 'editor';
}

@Injectable()
export class EmbedGuard implements CanActivate {
  constructor(private readonly config: AuthConfig) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const req = context.switchToHttp().getRequest<FastifyRequest & { principal?: EmbedPrincipal }>();
    const [scheme, token] = (req.headers.authorization ?? '').split(' ');
    if (scheme !== 'Bearer' || !token) throw new UnauthorizedException();

    req.principal = await this.resolve(token);
    return true;
  }

  private async resolve(token: string): Promise<EmbedPrincipal> {
    const claims = decodeJwt(token);
    if (claims.iss !== this.config.issuer || claims.aud !== this.config.audience) {
      throw new UnauthorizedException();
    }
    if (!claims.exp || claims.exp * 1000 < Date.now()) {
      throw new UnauthorizedException('expired');
    }
    const orgId = claims['https://acme.app/org'];
    const role = claims['https://acme.app/role'];
    if (!claims.sub || typeof orgId !== 'string' || (role !== 'viewer' && role !== 'editor')) {
      throw new UnauthorizedException();
    }
    return { userId: claims.sub, orgId, role };
  }
}
