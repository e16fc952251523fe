from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="DEPLOYER_", env_file=".env")

    github_webhook_secret: str
    redis_url: str
    allowed_repositories: frozenset[str] = frozenset()
