# frozen_string_literal: true

class EasypostController < ActionController::API
  HANDLED = %w[tracker.created tracker.updated].freeze

  def create
    payload = request.raw_post
    event = EasyPost::Util.validate_webhook(payload, request.headers.to_h, Rails.configuration.x.easypost_hook_secret)
    return head :no_content unless HANDLED.include?(event.description)

    store(event.id, payload)
    head :ok
  rescue EasyPost::Errors::SignatureVerificationError, EasyPost::Errors::MismatchWebhookSignatureError
    head :unauthorized
  rescue JSON::ParserError
    head :bad_request
  end

  private

  # A redelivery finds the stored row; the job skips rows it has handled.
  def store(external_id, payload)
    record = InboundEvent.create_or_find_by!(provider: "easypost", external_id: external_id) do |r|
      r.payload = payload
    end
    UpdateTrackerJob.perform_later(record.id)
  end
end
