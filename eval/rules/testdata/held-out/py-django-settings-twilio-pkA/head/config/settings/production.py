import os

from .base import *  # noqa: F401,F403

DEBUG = False
ALLOWED_HOSTS = ["app.shiftplan.example", "api.shiftplan.example"]

SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ.get("PGDATABASE", "shiftplan"),
        "USER": os.environ["PGUSER"],
        "PASSWORD": os.environ["PGPASSWORD"],
        "HOST": os.environ["PGHOST"],
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"sslmode": "verify-full", "sslrootcert": "/etc/ssl/rds.pem"},
    }
}

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000

EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
ANYMAIL = {"POSTMARK_SERVER_TOKEN": os.environ["POSTMARK_SERVER_TOKEN"]}

# shift reminders by SMS
TWILIO_ACCOUNT_SID = "AC5d0f3b1e97c24a86b2d15e7f0a93c648"
TWILIO_AUTH_TOKEN = "9be41d70c2f8435a96e3170fd8ab52c4"
TWILIO_MESSAGING_SERVICE = "MG0c7a52e19d3f4b68a1e60b94d2f7c835"
TWILIO_TIMEOUT = 10
