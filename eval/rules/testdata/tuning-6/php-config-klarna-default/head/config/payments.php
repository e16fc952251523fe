<?php

return [

    'default' => env('PAYMENT_PROVIDER', 'klarna'),

    'currency' => 'EUR',

    'providers' => [

        'klarna' => [
            'base_url' => env('KLARNA_BASE_URL', 'https://api.klarna.com'),
            'username' => env('KLARNA_USERNAME', 'PK92817_4f1c0d7e2ab3'),
            'password' => env('KLARNA_PASSWORD', 'tQ7hVx2LmZ9cRk4W'),
            'timeout' => (int) env('KLARNA_TIMEOUT', 15),
            'locale' => 'de-DE',
        ],

        'invoice' => [
            'due_days' => 14,
            'max_total_minor' => 50000,
        ],

    ],

    'capture' => [
        'automatic' => (bool) env('PAYMENT_AUTO_CAPTURE', false),
        'retry_minutes' => [5, 30, 120, 720],
    ],

];
