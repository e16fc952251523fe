# frozen_string_literal: true

require "algolia"

module SearchSettings
  APPLICATION_ID = "B3XK8TQ0ZP"
  ADMIN_KEY = "4f7d0c2be91a6358d27f40b1c9e8a563"
  INDEX = "products_#{Rails.env}"

  def self.client
    @client ||= Algolia::Search::Client.create_with_config(
      Algolia::Search::Config.new(
        application_id: APPLICATION_ID,
        api_key: ADMIN_KEY,
        read_timeout: 5,
        write_timeout: 15,
        connect_timeout: 2
      )
    )
  end

  def self.index
    client.init_index(INDEX)
  end
end
