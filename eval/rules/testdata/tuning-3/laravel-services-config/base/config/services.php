<?php

return [

    /*
    |--------------------------------------------------------------------------
    | Third Party Services
    |--------------------------------------------------------------------------
    */

    'postmark' => [
        'token' => env('POSTMARK_TOKEN'),
    ],

    'ses' => [
        'key' => env('AWS_ACCESS_KEY_ID'),
        'secret' => env('AWS_SECRET_ACCESS_KEY'),
        'region' => env('AWS_DEFAULT_REGION', 'eu-central-1'),
    ],

    'mollie' => [
        'key' => env('MOLLIE_KEY'),
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
