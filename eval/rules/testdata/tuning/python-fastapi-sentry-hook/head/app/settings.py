from pydantic import SecretStr
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    database_url: str
    sentry_client_secret: SecretStr


settings = Settings()
