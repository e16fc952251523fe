# frozen_string_literal: true

module Webhooks
  class StripeController < ActionController::API
    HANDLED = %w[transfer.created transfer.reversed payout.paid payout.failed].freeze

    def create
      event = Stripe::Webhook.construct_event(
        request.raw_post,
        request.headers["Stripe-Signature"],
        Rails.application.credentials.stripe.fetch(:webhook_secret)
      )
      return head :ok unless HANDLED.include?(event.type)

      record = StripeEvent.create_or_find_by!(event_id: event.id) do |row|
        row.kind = event.type
        row.payload = event.data.object.to_hash
      end
      ApplyStripeEventJob.perform_later(record) unless record.applied_at?
      head :ok
    rescue JSON::ParserError, Stripe::SignatureVerificationError => e
      Rails.logger.warn("stripe webhook rejected: #{e.class}")
      head :bad_request
    end
  end
end
