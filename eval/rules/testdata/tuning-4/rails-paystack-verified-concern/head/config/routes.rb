# frozen_string_literal: true

Rails.application.routes.draw do
  devise_for :users
  resources :invoices, only: %i[index show]

  namespace :hooks do
    resource :paystack, only: :create, controller: "paystack"
  end

  root "dashboard#show"
end
