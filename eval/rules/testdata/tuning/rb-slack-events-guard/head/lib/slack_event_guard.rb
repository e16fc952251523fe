# frozen_string_literal: true

require "openssl"
require "rack"

# Rejects requests under /slack/events that were not sent by Slack.
class SlackEventGuard
  VERSION = "v0"
  MAX_AGE = 300

  def initialize(app, signing_secret:, prefix: "/slack/events", clock: -> { Time.now.to_i })
    raise ArgumentError, "signing_secret missing" if signing_secret.to_s.empty?

    @app = app
    @signing_secret = signing_secret
    @prefix = prefix
    @clock = clock
  end

  def call(env)
    request = Rack::Request.new(env)
    return @app.call(env) unless request.path.start_with?(@prefix)
    return reject unless authentic?(request)

    @app.call(env)
  end

  private

  def authentic?(request)
    stamp = request.get_header("HTTP_X_SLACK_REQUEST_TIMESTAMP").to_s
    given = request.get_header("HTTP_X_SLACK_SIGNATURE").to_s
    return false unless stamp.match?(/\A\d+\z/)
    return false if (@clock.call - stamp.to_i).abs > MAX_AGE

    request.body.rewind
    payload = request.body.read
    request.body.rewind

    digest = "#{VERSION}=" + OpenSSL::HMAC.hexdigest("SHA256", @signing_secret, "#{VERSION}:#{stamp}:#{payload}")
    Rack::Utils.secure_compare(digest, given)
  end

  def reject
    [401, { "content-type" => "text/plain" }, ["unauthorized"]]
  end
end
