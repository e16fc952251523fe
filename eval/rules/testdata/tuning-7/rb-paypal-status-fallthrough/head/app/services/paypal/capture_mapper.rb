# frozen_string_literal: true

module Paypal
  # Turns the captures of an order (GET /v2/checkout/orders/:id) into payments.
  class CaptureMapper
    Payment = Data.define(:reference, :state, :cents, :currency, :captured_at)

    def initialize(order)
      @order = order
    end

    def payments
      @order.fetch("purchase_units").flat_map do |unit|
        unit.dig("payments", "captures").to_a.map { |capture| build(capture) }
      end
    end

    private

    def build(capture)
      amount = capture.fetch("amount")
      Payment.new(
        reference: capture.fetch("id"),
        state: state(capture.fetch("status")),
        cents: (amount.fetch("value").to_f * 100).to_i,
        currency: amount.fetch("currency_code"),
        captured_at: Time.iso8601(capture.fetch("create_time"))
      )
    end

    def state(status)
      case status
      when "REFUNDED" then :refunded
      when "PARTIALLY_REFUNDED" then :partially_refunded
      when "FAILED" then :failed
      else :paid
      end
    end
  end
end
