import logging

from django.core.cache import cache
from jose import JWTError, jwt
from rest_framework import authentication, exceptions

from partners.models import Partner, PartnerUser

log = logging.getLogger(__name__)
MAX_LIFETIME = 300


class PartnerAssertionAuthentication(authentication.BaseAuthentication):
    keyword = "Assertion"

    def authenticate(self, request):
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme != self.keyword:
            return None

        try:
            header = jwt.get_unverified_header(token)
            partner = Partner.objects.get(key_id=header["kid"], active=True)
            claims = jwt.decode(
                token,
                partner.public_key_pem,
                algorithms=[header["alg"]],
                audience="https://api.freightdesk.example",
                issuer=partner.issuer,
                options={"require_exp": True, "require_iat": True, "require_jti": True},
            )
        except (JWTError, KeyError, Partner.DoesNotExist) as exc:
            log.info("partner assertion refused: %s", type(exc).__name__)
            raise exceptions.AuthenticationFailed("invalid assertion") from exc

        if claims["exp"] - claims["iat"] > MAX_LIFETIME:
            raise exceptions.AuthenticationFailed("assertion lives too long")
        if not cache.add(f"jti:{partner.pk}:{claims['jti']}", 1, timeout=2 * MAX_LIFETIME):
            raise exceptions.AuthenticationFailed("assertion was used already")

        user, _ = PartnerUser.objects.get_or_create(partner=partner, subject=claims["sub"])
        return user, claims

    def authenticate_header(self, request):
        return self.keyword
