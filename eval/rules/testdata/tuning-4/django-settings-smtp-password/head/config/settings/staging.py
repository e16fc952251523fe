from .base import *  # noqa: F403
from .base import INSTALLED_APPS, LOGGING

DEBUG = False

ALLOWED_HOSTS = ["staging.harborbooks.example"]
CSRF_TRUSTED_ORIGINS = ["https://staging.harborbooks.example"]
SECURE_SSL_REDIRECT = True
SESSION_COOKIE_SECURE = True

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "harborbooks_staging",
        "USER": "harborbooks",
        "PASSWORD": "tR9!vq2Lw-zX7mHc",
        "HOST": "pg-staging.internal.harborbooks.example",
        "PORT": "5432",
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"sslmode": "verify-full", "connect_timeout": 5},
    }
}

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "smtp.eu.mailgun.org"
EMAIL_PORT = 587
EMAIL_USE_TLS = True
EMAIL_TIMEOUT = 10
EMAIL_HOST_USER = "postmaster@mg.harborbooks.example"
EMAIL_HOST_PASSWORD = "8d1f6c0b7e2a49d3b5f0c4e19a7d6f32-1b5736a5-0c4f2e91"
DEFAULT_FROM_EMAIL = "Harborbooks Staging <noreply@mg.harborbooks.example>"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "rediss://cache-staging.internal.harborbooks.example:6379/1",
        "OPTIONS": {"socket_timeout": 2, "socket_connect_timeout": 2},
    }
}

INSTALLED_APPS = [*INSTALLED_APPS, "django_extensions"]
LOGGING["root"]["level"] = "INFO"
