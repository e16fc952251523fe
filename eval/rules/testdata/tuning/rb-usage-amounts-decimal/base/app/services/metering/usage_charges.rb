# frozen_string_literal: true

module Metering
  class UsageCharges
    ZERO_DECIMAL = %w[jpy krw vnd clp].freeze

    def initialize(account, period:)
      @account = account
      @period = period
    end

    # unit_price is decimal(12,6), quantity is an integer
    def call
      @account.usages.in_period(@period).find_each do |usage|
        Stripe::InvoiceItem.create(
          {
            customer: @account.stripe_customer_id,
            amount: minor_units(usage.quantity * usage.unit_price, usage.currency),
            currency: usage.currency.downcase,
            description: "#{usage.metric_name} #{@period.label}"
          },
          { idempotency_key: "usage-#{usage.id}-#{@period.key}", stripe_version: "2023-10-16" }
        )
      end
    end

    private

    def minor_units(amount, currency)
      raise ArgumentError, currency if ZERO_DECIMAL.include?(currency.downcase)

      (amount * 100).round(0, BigDecimal::ROUND_HALF_EVEN).to_i

    end
  end
end
