# frozen_string_literal: true

module Webhooks
  class TrackersController < ActionController::API
    include EasypostSigned

    def create
      event = JSON.parse(request.raw_post)
      if event["description"] == "tracker.updated"
        result = event.fetch("result")
        TrackerUpdateJob.perform_later(result.fetch("id"), result.fetch("status"), result.fetch("updated_at"))
      end
      head :accepted
    rescue JSON::ParserError, KeyError
      head :bad_request
    end
  end
end
