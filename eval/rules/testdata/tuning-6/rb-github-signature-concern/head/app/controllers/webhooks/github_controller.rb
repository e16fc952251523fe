# frozen_string_literal: true

module Webhooks
  class GithubController < ActionController::API
    include GithubSigned

    def create
      delivery = GithubDelivery.create_or_find_by!(guid: request.headers.fetch("X-GitHub-Delivery")) do |d|
        d.event = request.headers["X-GitHub-Event"]
        d.payload = JSON.parse(request.raw_post)
      end
      # the job takes a lock on the delivery and ends if it is processed
      ProcessGithubDeliveryJob.perform_later(delivery)
      head :accepted
    rescue JSON::ParserError
      head :bad_request
    end
  end
end
