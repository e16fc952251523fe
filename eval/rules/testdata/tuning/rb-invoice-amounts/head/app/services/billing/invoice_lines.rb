# frozen_string_literal: true

module Billing
  # Creates the pending invoice items of a billing period.
  class InvoiceLines
    def initialize(subscription, period:, stripe: Stripe::InvoiceItem)
      @subscription = subscription
      @period = period
      @stripe = stripe
    end

    def call
      @subscription.usages.in_period(@period).find_each do |usage|
        gross = usage.quantity * usage.unit_price.to_f * (1 + usage.tax_rate.to_f)
        @stripe.create(
          {
            customer: @subscription.stripe_customer_id,
            amount: (gross * 100).to_i,
            currency: usage.currency.downcase,
            description: description(usage)
          },
          { idempotency_key: "usage-#{usage.id}-#{@period.key}", stripe_version: "2023-10-16" }
        )
      end
    end

    private

    def description(usage)
      "#{usage.metric_name} #{@period.label}"
    end
  end
end
