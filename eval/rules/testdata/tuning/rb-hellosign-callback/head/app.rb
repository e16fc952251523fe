# frozen_string_literal: true

require "sinatra/base"
require "json"
require "openssl"
require "rack/utils"
require_relative "lib/jobs"

class SignatureCallbacks < Sinatra::Base
  set :show_exceptions, false
  set :api_key, ENV.fetch("DROPBOX_SIGN_API_KEY")

  TYPES = %w[signature_request_all_signed signature_request_declined].freeze

  helpers do
    def genuine?(event)
      expected = OpenSSL::HMAC.hexdigest("SHA256", settings.api_key, event["event_time"] + event["event_type"])
      Rack::Utils.secure_compare(expected, event["event_hash"])
    end
  end

  # The provider posts multipart/form-data with one field named json.
  post "/dropbox-sign" do
    payload = JSON.parse(params.fetch("json"))
    event = payload.fetch("event").transform_values(&:to_s)
    halt 401 unless genuine?(event)

    if TYPES.include?(event["event_type"])
      # the job is unique per event hash (sidekiq-unique-jobs) and its handler is idempotent
      Jobs::SignatureEvent.perform_async(event["event_hash"], event["event_type"],
                                         payload.fetch("signature_request").fetch("signature_request_id"))
    end

    content_type "text/plain"
    "Hello API Event Received"
  end

  error JSON::ParserError, KeyError do
    halt 400
  end
end
