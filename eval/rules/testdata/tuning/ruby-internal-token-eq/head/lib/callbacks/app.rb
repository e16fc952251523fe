require "sinatra/base"
require "json"
require_relative "../jobs/transcode_finished_job"

module Callbacks
  class App < Sinatra::Base
    set :callback_token, ENV.fetch("TRANSCODER_CALLBACK_TOKEN")
    set :show_exceptions, false

    before do
      given = request.env["HTTP_X_CALLBACK_TOKEN"].to_s
      halt 401 if given != settings.callback_token
      halt 413 if request.content_length.to_i > 64 * 1024
    end

    post "/transcoder/finished" do
      payload = JSON.parse(request.body.read(64 * 1024).to_s)
      job_id = payload["job_id"]
      state = payload["state"]
      halt 422 unless job_id.is_a?(String) && %w[done failed].include?(state)

      # unique for 24h on (job_id, state), see sidekiq_options lock
      TranscodeFinishedJob.perform_async(job_id, state)
      status 202
    rescue JSON::ParserError
      halt 400
    end
  end
end
