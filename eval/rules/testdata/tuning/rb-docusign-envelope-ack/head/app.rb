# frozen_string_literal: true

require "sinatra/base"
require "json"
require_relative "lib/connect_signature"
require_relative "lib/envelopes"
require_relative "lib/jobs"

class ContractsApp < Sinatra::Base
  set :show_exceptions, false
  set :connect_keys, ENV.fetch("DOCUSIGN_CONNECT_KEYS").split(",")

  helpers do
    def raw_body
      @raw_body ||= request.body.tap(&:rewind).read
    end
  end

  before "/docusign/*" do
    signature = request.env["HTTP_X_DOCUSIGN_SIGNATURE_1"]
    halt 401 unless ConnectSignature.valid?(raw_body, signature, settings.connect_keys)
  end

  post "/docusign/connect" do
    event = JSON.parse(raw_body)
    halt 204 unless event["event"] == "envelope-completed"

    envelope_id = event.fetch("data").fetch("envelopeId")
    halt 200 if Envelopes.archived?(envelope_id)

    Envelopes.with_lock(envelope_id) do |envelope|
      pdfs = Envelopes.client.download_documents(envelope_id)
      merged = Envelopes::Merger.new(pdfs).call
      envelope.archive!(merged)
      envelope.recipients.each { |to| Envelopes::Mailer.deliver(to, merged) }
    end
    status 200
  end

  error JSON::ParserError, KeyError do
    halt 400
  end
end
