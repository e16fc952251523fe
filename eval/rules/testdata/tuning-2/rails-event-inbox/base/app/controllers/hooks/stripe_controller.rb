# frozen_string_literal: true

module Hooks
  class StripeController < ActionController::API
    MAX_BODY = 512.kilobytes
    TYPES = %w[invoice.paid invoice.payment_failed customer.subscription.deleted].freeze

    def create
      return head(:payload_too_large) if request.content_length.to_i > MAX_BODY

      event = verified_event
      return head(:bad_request) unless event
      return head(:ok) unless TYPES.include?(event.type)

      ProcessStripeEventJob.perform_later(event.to_hash)
      head :ok
    end

    private

    def verified_event
      Stripe::Webhook.construct_event(
        request.raw_post,
        request.headers["Stripe-Signature"].to_s,
        Rails.configuration.x.stripe.webhook_secret
      )
    rescue JSON::ParserError, Stripe::SignatureVerificationError => e
      Rails.logger.warn("stripe event refused: #{e.class.name}")
      nil
    end
  end
end
