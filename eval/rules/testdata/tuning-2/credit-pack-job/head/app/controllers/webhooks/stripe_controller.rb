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
      checkout_completed(event.data.object) if event.type == "checkout.session.completed"
      head :ok
    rescue JSON::ParserError, Stripe::SignatureVerificationError
      head :bad_request
    end

    private

    def checkout_completed(session)
      return unless session.payment_status == "paid"

      CreditPackJob.perform_async(Integer(session.client_reference_id), session.metadata["pack"])
    end
  end
end
