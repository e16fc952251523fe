# frozen_string_literal: true

module Webhooks
  class StripeController < ActionController::API
    MAX_BODY = 512.kilobytes

    def create
      return head(:payload_too_large) if request.content_length.to_i > MAX_BODY

      event = Stripe::Webhook.construct_event(
        request.raw_post,
        request.headers["Stripe-Signature"].to_s,
        Rails.application.credentials.dig(:stripe, :webhook_secret)
      )
      SubscriptionSyncJob.perform_async(event.data.object.id) if event.type.start_with?("customer.subscription.")
      head :ok
    rescue JSON::ParserError, Stripe::SignatureVerificationError
      head :bad_request
    end
  end
end
