# frozen_string_literal: true

require_relative "lib/slack_event_guard"
require_relative "app/events"

use SlackEventGuard, signing_secret: ENV.fetch("SLACK_SIGNING_SECRET")
run Events::App
