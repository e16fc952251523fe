# frozen_string_literal: true

require "json"
require "openssl"
require "sinatra/base"
require_relative "deploy_queue"

class DeployListener < Sinatra::Base
  MAX_BODY = 2 * 1024 * 1024

  configure do
    set :secret, ENV.fetch("GITHUB_WEBHOOK_SECRET")
    set :deploys, DeployQueue.new(ENV.fetch("DATABASE_URL"))
    disable :show_exceptions
  end

  helpers do
    def verify!(body)
      expected = "sha256=#{OpenSSL::HMAC.hexdigest("SHA256", settings.secret, body)}"
      halt 401 unless request.env["HTTP_X_HUB_SIGNATURE_256"] == expected
    end
  end

  post "/deployments" do
    halt 413 if request.content_length.to_i > MAX_BODY
    body = request.body.read(MAX_BODY).to_s
    verify!(body)
    halt 204 unless request.env["HTTP_X_GITHUB_EVENT"] == "deployment"

    begin
      deployment = JSON.parse(body).fetch("deployment")
      environment = deployment.fetch("environment")
      sha = deployment.fetch("sha")
    rescue JSON::ParserError, KeyError
      halt 422
    end
    halt 422 unless sha.match?(/\A[0-9a-f]{40}\z/) && %w[staging production].include?(environment)

    # unique index on delivery, the second insert does nothing
    settings.deploys.add(
      delivery: request.env.fetch("HTTP_X_GITHUB_DELIVERY"),
      environment: environment,
      sha: sha
    )
    status 202
  end
end
