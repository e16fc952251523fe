# frozen_string_literal: true

module Webhooks
  class PlanEventsController < ActionController::API
    TYPES = %w[customer.subscription.updated customer.subscription.deleted].freeze

    def create
      event = Stripe::Webhook.construct_event(
        request.raw_post,
        request.headers["Stripe-Signature"].to_s,
        Rails.application.credentials.stripe.fetch(:plan_events_secret)
      )
      return head :no_content unless TYPES.include?(event.type)

      InboundEvent.create!(
        source: "stripe", external_id: event.id, kind: event.type, payload: event.data.object.to_hash
      )
      head :no_content
    rescue ActiveRecord::RecordNotUnique
      head :no_content
    rescue JSON::ParserError, Stripe::SignatureVerificationError => e
      Rails.logger.warn("[stripe] event rejected: #{e.class}")
      head :bad_request
    end
  end
end
