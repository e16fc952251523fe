# frozen_string_literal: true

module Checkout
  class PaypalCapture
    class Unmapped < StandardError; end

    DECIMALS = { "EUR" => 2, "USD" => 2, "GBP" => 2, "CHF" => 2, "JPY" => 0, "HUF" => 0 }.freeze

    STATES = {
      "COMPLETED" => :paid,
      "PENDING" => :pending,
      "DECLINED" => :failed,
      "FAILED" => :failed,
      "REFUNDED" => :refunded,
      "PARTIALLY_REFUNDED" => :partially_refunded
    }.freeze

    def initialize(capture)
      @capture = capture
    end

    def state
      STATES.fetch(@capture.fetch("status")) { |status| raise Unmapped, "status #{status}" }
    end

    def currency
      @capture.fetch("amount").fetch("currency_code")
    end

    def minor_units
      decimals = DECIMALS.fetch(currency) { raise Unmapped, "currency #{currency}" }
      minor = BigDecimal(@capture.fetch("amount").fetch("value")) * (10**decimals)
      raise Unmapped, "fraction of #{currency}" unless minor.frac.zero?

      minor.to_i
    end

    def captured_at
      Time.iso8601(@capture.fetch("create_time")).utc
    end
  end
end
