# frozen_string_literal: true

Rails.application.routes.draw do
  devise_for :users
  resources :invoices, only: %i[index show]

  root "dashboard#show"
end
