# frozen_string_literal: true

Rails.application.routes.draw do
  namespace :shopify do
    post "orders/created", to: "webhooks#order_created"
    post "orders/cancelled", to: "webhooks#order_cancelled"

  end
end
