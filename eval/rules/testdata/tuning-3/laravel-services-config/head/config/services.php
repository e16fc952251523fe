<?php

return [

    /*
    |--------------------------------------------------------------------------
    | Third Party Services
    |--------------------------------------------------------------------------
    */

    'postmark' => [
        'token' => env('POSTMARK_TOKEN', '5b8d2c1e-7f0a-4e39-9d26-c3a1f84e70bb'),
    ],

    'ses' => [
        'key' => env('AWS_ACCESS_KEY_ID'),
        'secret' => env('AWS_SECRET_ACCESS_KEY'),
        'region' => env('AWS_DEFAULT_REGION', 'eu-central-1'),
    ],

    'mollie' => [
        'key' => env('MOLLIE_KEY', 'live_Qk7vRz3NcJ9wXb2TfHs8PmLd4GyAeU'),
        'webhook_url' => env('APP_URL').'/webhooks/mollie',
        'connect_timeout' => 3,
        'timeout' => 10,
    ],

    'sendcloud' => [
        'public' => env('SENDCLOUD_PUBLIC'),
        'secret' => env('SENDCLOUD_SECRET'),
        'carrier' => env('SENDCLOUD_CARRIER', 'dhl'),
    ],

];
