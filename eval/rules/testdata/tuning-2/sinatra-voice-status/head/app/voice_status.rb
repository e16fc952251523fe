# frozen_string_literal: true

require "sequel"
require "sinatra/base"
require "twilio-ruby"

class VoiceStatus < Sinatra::Base
  MAX_BODY = 32 * 1024
  STATES = %w[initiated ringing in-progress completed busy no-answer failed canceled].freeze

  configure do
    set :public_url, ENV.fetch("PUBLIC_URL")
    set :validator, Twilio::Security::RequestValidator.new(ENV.fetch("TWILIO_AUTH_TOKEN"))
    set :db, Sequel.connect(ENV.fetch("DATABASE_URL"), max_connections: 8)
    disable :show_exceptions
  end

  before do
    halt 413 if request.content_length.to_i > MAX_BODY
    signature = request.env["HTTP_X_TWILIO_SIGNATURE"].to_s
    url = settings.public_url + request.fullpath
    halt 403 unless settings.validator.validate(url, request.POST, signature)
  end

  post "/voice/status" do
    sid = params["CallSid"].to_s
    state = params["CallStatus"].to_s
    sequence = Integer(params["SequenceNumber"].to_s, 10, exception: false)
    halt 422 unless sid.match?(/\ACA[0-9a-f]{32}\z/) && STATES.include?(state) && sequence

    settings.db[:call_states]
            .insert_conflict(target: %i[call_sid sequence])
            .insert(
              call_sid: sid,
              sequence: sequence,
              state: state,
              duration: params["CallDuration"]&.to_i,
              received_at: Sequel.lit("now()")
            )
    status 204
  end
end
