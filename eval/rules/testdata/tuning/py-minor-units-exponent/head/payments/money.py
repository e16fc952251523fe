from decimal import Decimal, InvalidOperation

from pydantic import BaseModel, field_validator

EXPONENTS = {"EUR": 2, "USD": 2, "GBP": 2, "JPY": 0, "HUF": 0, "KWD": 3}


class UnknownCurrency(ValueError):
    pass


class Amount(BaseModel):
    currency_code: str
    value: str

    @field_validator("value")
    @classmethod
    def _is_decimal(cls, value: str) -> str:
        try:
            number = Decimal(value)
        except InvalidOperation as exc:
            raise ValueError("not a number") from exc
        if not number.is_finite() or number < 0:
            raise ValueError("not a valid amount")
        return value

    def minor(self) -> int:
        exponent = exponent_of(self.currency_code)
        scaled = Decimal(self.value).scaleb(exponent)
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{self.value} has too many decimals for {self.currency_code}")
        return int(scaled)


def exponent_of(currency: str) -> int:
    try:
        return EXPONENTS[currency]
    except KeyError:
        raise UnknownCurrency(currency) from None


def format_minor(minor: int, currency: str) -> str:
    exponent = exponent_of(currency)
    return f"{Decimal(minor).scaleb(-exponent):.{exponent}f}"
