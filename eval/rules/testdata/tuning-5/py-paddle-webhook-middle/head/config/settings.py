MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "billing.middleware.PaddleSignatureMiddleware",
    "django.middleware.common.CommonMiddleware",
]
ROOT_URLCONF = "config.urls"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
