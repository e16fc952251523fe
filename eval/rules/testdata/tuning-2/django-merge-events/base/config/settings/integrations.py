import os

GITLAB_WEBHOOK_TOKEN = os.environ["GITLAB_WEBHOOK_TOKEN"]
GITLAB_API_URL = os.environ.get("GITLAB_API_URL", "https://gitlab.com/api/v4")
GITLAB_API_TOKEN = os.environ.get("GITLAB_API_TOKEN", "")

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
