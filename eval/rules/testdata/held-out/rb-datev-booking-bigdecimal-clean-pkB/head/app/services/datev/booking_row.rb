# frozen_string_literal: true

module Datev
  class BookingRow
    UnknownTax = Class.new(StandardError)

    TAX_KEYS = { "DE19" => "3", "DE7" => "2", "RC" => "94", "EXPORT" => "" }.freeze

    def initialize(entry)
      @entry = entry
    end

    def to_a
      [
        amount,
        @entry.amount.negative? ? "H" : "S",
        @entry.currency,
        @entry.account,
        @entry.contra_account,
        tax_key,
        @entry.booked_on.strftime("%d%m"),
        text(@entry.document_number, 36),
        text(@entry.description, 60)
      ]
    end

    private

    def amount
      format("%.2f", @entry.amount.abs.round(2, BigDecimal::ROUND_HALF_EVEN)).tr(".", ",")
    end

    def tax_key
      TAX_KEYS.fetch(@entry.tax_code) { raise UnknownTax, "tax code #{@entry.tax_code.inspect} of entry #{@entry.id}" }
    end

    def text(value, limit)
      value.to_s.encode("Windows-1252", undef: :replace, invalid: :replace, replace: "?")
           .gsub(/[\r\n;"]/, " ")
           .slice(0, limit)
    end
  end
end
