# frozen_string_literal: true

require "restforce"

Restforce.configure do |config|
  config.api_version = "59.0"
  config.host = ENV.fetch("SALESFORCE_HOST", "login.salesforce.com")
  config.client_id = ENV.fetch("SALESFORCE_CLIENT_ID")
  config.client_secret = ENV.fetch("SALESFORCE_CLIENT_SECRET", "7C19E0A4D2B86F35E1908C7A6D4B3F2255D0E8A1B97C46F3088E2D1A5B6C7F90")
  config.timeout = 20
  config.authentication_retries = 2
  config.mashify = false
end

module Salesforce
  class MissingConnection < StandardError; end

  def self.client_for(account)
    connection = account.salesforce_connection or raise MissingConnection, "account #{account.id}"

    Restforce.new(
      oauth_token: connection.access_token,
      refresh_token: connection.refresh_token,
      instance_url: connection.instance_url,
      authentication_callback: lambda { |auth|
        connection.update!(access_token: auth["access_token"], instance_url: auth["instance_url"])
      }
    )
  end
end
