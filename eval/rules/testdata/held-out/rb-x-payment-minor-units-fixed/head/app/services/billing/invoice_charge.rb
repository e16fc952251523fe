# frozen_string_literal: true

module Billing
  # Charges an issued invoice off session. Customers pay in EUR, CHF, JPY and KWD.
  class InvoiceCharge
    class Declined < StandardError; end

    SUPPORTED = %w[EUR CHF JPY KWD].freeze

    def initialize(invoice, client: Stripe::StripeClient.new(Rails.application.credentials.stripe.fetch(:secret_key)))
      @invoice = invoice
      @client = client
    end

    def call
      raise ArgumentError, "currency #{@invoice.currency}" unless SUPPORTED.include?(@invoice.currency)

      intent = @client.v1.payment_intents.create(intent_params, { idempotency_key: "invoice-#{@invoice.id}" })
      @invoice.update!(payment_intent_id: intent.id, charged_at: Time.current)
      intent
    rescue Stripe::CardError => e
      @invoice.update!(decline_code: e.code)
      raise Declined, e.code
    end

    private

    def intent_params
      {
        amount: (@invoice.total * 100).round.to_i,
        currency: @invoice.currency.downcase,
        customer: @invoice.account.stripe_customer_id,
        payment_method: @invoice.account.default_payment_method,
        off_session: true,
        confirm: true,
        metadata: { invoice: @invoice.number }
      }
    end
  end
end
