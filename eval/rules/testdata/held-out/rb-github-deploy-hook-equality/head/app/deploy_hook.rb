# frozen_string_literal: true

require "sinatra/base"
require "json"
require "openssl"
require_relative "deployments"

class DeployHook < Sinatra::Base
  configure do
    set :hook_secret, ENV.fetch("GITHUB_HOOK_SECRET")
    set :deployments, Deployments.new
  end

  before do
    request.body.rewind
    @raw = request.body.read
    halt 401, "invalid signature" unless signed?(@raw)
  end

  post "/hooks/github" do
    halt 204 unless request.get_header("HTTP_X_GITHUB_EVENT") == "workflow_run"

    run = JSON.parse(@raw).fetch("workflow_run")
    if run["conclusion"] == "success" && run["head_branch"] == "main"
      # one deployment per commit, enforced by a unique index
      settings.deployments.schedule(sha: run.fetch("head_sha"))
    end
    status 202
  end

  error JSON::ParserError, KeyError do
    halt 400, "malformed event"
  end

  private

  def signed?(body)
    expected = "sha256=#{OpenSSL::HMAC.hexdigest('SHA256', settings.hook_secret, body)}"
    request.get_header("HTTP_X_HUB_SIGNATURE_256") == expected
  end
end
