# frozen_string_literal: true

class Hr::DocusignController < ActionController::API
  MAX_BODY = 1.megabyte

  before_action :limit_body
  before_action :authenticate

  def create
    body = JSON.parse(request.raw_post)
    envelope = body.fetch("data").fetch("envelopeId")
    key = "#{envelope}/#{body.fetch('event')}/#{body.fetch('generatedDateTime')}"

    delivery = EnvelopeEvent.create_or_find_by!(dedupe_key: key) do |e|
      e.envelope_id = envelope
      e.event = body.fetch("event")
    end
    # the job locks the row and leaves when it was processed
    Hr::ContractStatusJob.perform_later(delivery) unless delivery.processed?
    head :ok
  rescue JSON::ParserError, KeyError, TypeError
    head :bad_request
  end

  private

  def limit_body
    head :content_too_large if request.content_length.to_i > MAX_BODY
  end

  def authenticate
    given = (1..3).filter_map { |n| request.headers["X-DocuSign-Signature-#{n}"].presence }
    accepted = hmac_keys.any? do |key|
      digest = Base64.strict_encode64(OpenSSL::HMAC.digest("SHA256", key, request.raw_post))
      given.any? { |signature| Rack::Utils.secure_compare(digest, signature) }
    end
    head :unauthorized unless accepted
  end

  def hmac_keys
    Rails.application.credentials.docusign.fetch(:connect_keys)
  end
end
