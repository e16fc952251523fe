# frozen_string_literal: true

Rails.configuration.x.easypost_hook_secret = ENV.fetch("EASYPOST_WEBHOOK_SECRET")
