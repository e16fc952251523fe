from reporter.http import build_session

API = "https://api.github.com"


class LabelWriter:
    """Keeps the size label of pull requests up to date."""

    SIZES = ((10, "size/XS"), (50, "size/S"), (250, "size/M"), (1000, "size/L"))

    def __init__(self, token: str) -> None:
        self._session = build_session(token)

    def apply(self, repo: str, number: int, changed_lines: int) -> str:
        label = next((name for limit, name in self.SIZES if changed_lines <= limit), "size/XL")
        response = self._session.post(
            f"{API}/repos/{repo}/issues/{number}/labels",
            json={"labels": [label]},
        )
        response.raise_for_status()
        return label
