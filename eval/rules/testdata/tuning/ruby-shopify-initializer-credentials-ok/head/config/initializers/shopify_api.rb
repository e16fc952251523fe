require "shopify_api"

Rails.application.config.after_initialize do
  ShopifyAPI::Context.setup(
    api_key: Rails.application.credentials.shopify!.fetch(:api_key),
    api_secret_key: Rails.application.credentials.shopify!.fetch(:api_secret),
    host: ENV.fetch("APP_HOST"),
    scope: %w[read_orders read_products write_fulfillments],
    is_embedded: true,
    is_private: false,
    api_version: "2024-07",
    logger: Rails.logger
  )

  ShopifyAPI::Webhooks::Registry.add_registration(
    topic: "orders/create",
    delivery_method: :http,
    path: "hooks/shopify/orders",
    handler: Shopify::OrdersCreateHandler
  )
end
