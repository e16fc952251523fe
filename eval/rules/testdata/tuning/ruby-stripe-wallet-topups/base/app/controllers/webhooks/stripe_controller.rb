# frozen_string_literal: true

module Webhooks
  class StripeController < ActionController::API
    before_action :load_event

    def create
      if @event.type == "checkout.session.completed"
        record = StripeEvent.create_or_find_by!(external_id: @event.id) do |e|
          e.payload = @event.to_hash
        end
        TopUpJob.perform_later(record.id) unless record.processed?
      end
      head :ok
    end

    private

    def load_event
      @event = Stripe::Webhook.construct_event(
        request.raw_post,
        request.headers["Stripe-Signature"],
        Rails.configuration.x.stripe.webhook_secret
      )
    rescue JSON::ParserError, Stripe::SignatureVerificationError
      head :bad_request
    end
  end
end
