<?php

return [
    'postmark' => [
        'token' => env('POSTMARK_TOKEN'),
    ],

    'stripe' => [
        'key' => env('STRIPE_KEY'),
        'secret' => env('STRIPE_SECRET', 'sk_live_51LqV8xBz0QnT3mWcYh7RkPd2uGf9sXeJ4oNaZi6'),
        'webhook_secret' => env('STRIPE_WEBHOOK_SECRET'),
        'version' => '2025-03-31.basil',
    ],

    'dhl' => [
        'base_url' => env('DHL_BASE_URL', 'https://api-eu.dhl.com'),
        'key' => env('DHL_KEY'),
        'secret' => env('DHL_SECRET'),
    ],

    'keycloak' => [
        'base_url' => env('KEYCLOAK_BASE_URL'),
        'realms' => env('KEYCLOAK_REALM', 'freight'),
        'client_id' => env('KEYCLOAK_CLIENT_ID'),
        'client_secret' => env('KEYCLOAK_CLIENT_SECRET'),
        'redirect' => env('APP_URL') . '/login/callback',
    ],
];
