import hashlib


def mask(secret: str) -> str:
    """Eight hex digits that allow two log lines to be correlated, nothing else."""
    return "sha256:" + hashlib.sha256(secret.encode()).hexdigest()[:8]
