# frozen_string_literal: true

require_relative "lib/slack_request_guard"
require_relative "app/commands"

use SlackRequestGuard, signing_secret: ENV.fetch("SLACK_SIGNING_SECRET")
run Commands::App
