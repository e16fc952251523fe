# frozen_string_literal: true

module Webhooks
  class IncreaseController < ActionController::API
    def create
      IncreaseSignature.new.verify!(request.headers["Increase-Webhook-Signature"], request.raw_post)
      event = JSON.parse(request.raw_post)
      IncreaseSyncJob.perform_later(event.fetch("associated_object_type"), event.fetch("associated_object_id"))
      head :ok
    rescue IncreaseSignature::Invalid
      head :unauthorized
    rescue JSON::ParserError, KeyError
      head :bad_request
    end
  end
end
