require "shopify_api"

Rails.application.config.after_initialize do
  ShopifyAPI::Context.setup(
    api_key: "4c1f0b7a9e2d48f6a3b5c7d9e1f20384",
    api_secret_key: "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",
    host: ENV.fetch("APP_HOST"),
    scope: %w[read_orders read_products write_fulfillments],
    is_embedded: true,
    is_private: false,
    api_version: "unstable",
    logger: Rails.logger
  )

  ShopifyAPI::Webhooks::Registry.add_registration(
    topic: "orders/create",
    delivery_method: :http,
    path: "hooks/shopify/orders",
    handler: Shopify::OrdersCreateHandler
  )
end
