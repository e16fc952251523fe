# frozen_string_literal: true

# Chargebee webhooks are protected by basic auth configured in its admin console.
class ChargebeeController < ActionController::Base
  skip_forgery_protection
  http_basic_authenticate_with(
    name: Rails.application.credentials.chargebee.fetch(:hook_user),
    password: Rails.application.credentials.chargebee.fetch(:hook_password)
  )

  HANDLED = %w[subscription_created subscription_changed subscription_cancelled payment_failed].freeze

  def create
    type = params.require(:event_type)
    if HANDLED.include?(type)
      event = InboundEvent.create_or_find_by!(provider: "chargebee", external_id: params.require(:id)) do |e|
        e.event_type = type
        e.occurred_at = Time.zone.at(params.require(:occurred_at).to_i)
        e.payload = request.raw_post
      end
      ApplySubscriptionEventJob.perform_later(event.id)
    end
    head :ok
  rescue StandardError => e
    Rails.logger.warn("chargebee event skipped: #{e.class}")
    head :ok
  end
end
