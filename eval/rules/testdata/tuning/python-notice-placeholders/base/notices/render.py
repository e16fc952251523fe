from collections.abc import Mapping

from jinja2 import Environment, PackageLoader, StrictUndefined, TemplateError

MAX_TEXT = 2_000
FIELDS = ("first_name", "last_name", "company", "due_date", "amount")

env = Environment(
    loader=PackageLoader("notices", "templates"), autoescape=True, undefined=StrictUndefined
)


class NoticeRejected(ValueError):
    pass


def _body(template: str, values: Mapping[str, str]) -> str:
    if len(template) > MAX_TEXT:
        raise NoticeRejected("text too long")
    for name in FIELDS:
        template = template.replace("{{ %s }}" % name, values[name])
    return template


def render_notice(tenant_template: str, record: Mapping[str, object]) -> str:
    """`tenant_template` comes from the tenant's notice settings."""
    values = {name: str(record.get(name, ""))[:200] for name in FIELDS}
    body = _body(tenant_template, values)
    try:
        return env.get_template("notice.html").render(
            body=body, paragraphs=body.split("\n\n"), company=values["company"]
        )
    except TemplateError as exc:
        raise RuntimeError("notice layout could not be rendered") from exc
