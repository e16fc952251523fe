# frozen_string_literal: true

module Marketplace
  # Maps the order document of the marketplace API to our import attributes.
  class OrderMapper
    def initialize(document)
      @document = document
    end

    def attributes
      {
        external_id: @document.fetch("orderNumber"),
        currency: currency,
        total_cents: minor_units(@document.fetch("total")),
        shipping_cents: minor_units(@document.fetch("shippingTotal", "0")),
        placed_at: Time.iso8601(@document.fetch("placedAt")).utc,
        lines: lines
      }
    end

    private

    def currency
      @document.fetch("currency").upcase
    end

    def lines
      @document.fetch("items").map do |item|
        {
          sku: item.fetch("sku"),
          quantity: Integer(item.fetch("quantity")),
          unit_price_cents: minor_units(item.fetch("unitPrice"))
        }
      end
    end

    def minor_units(value)
      (value.to_f * 100).to_i
    end
  end
end
