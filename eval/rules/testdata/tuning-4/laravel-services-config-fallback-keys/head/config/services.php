<?php

return [

    'postmark' => [
        'token' => env('POSTMARK_TOKEN'),
    ],

    'ses' => [
        'key' => env('AWS_ACCESS_KEY_ID'),
        'secret' => env('AWS_SECRET_ACCESS_KEY'),
        'region' => env('AWS_DEFAULT_REGION', 'eu-central-1'),
    ],

    'slack' => [
        'notifications' => [
            'bot_user_oauth_token' => env('SLACK_BOT_USER_OAUTH_TOKEN'),
            'channel' => env('SLACK_BOT_USER_DEFAULT_CHANNEL'),
        ],
    ],

    'dhl' => [
        'url' => env('DHL_URL', 'https://api-eu.dhl.com'),
        'key' => env('DHL_API_KEY'),
        'secret' => env('DHL_API_SECRET'),
        'timeout' => (int) env('DHL_TIMEOUT', 10),
    ],

    'lexoffice' => [
        'url' => env('LEXOFFICE_URL', 'https://api.lexoffice.io/v1'),
        'key' => env('LEXOFFICE_API_KEY', 'kz4QpW1xT8nVb3-LrJ6yEeHcM0aUoDsG9fXtRi27Yw5'),
        'timeout' => 15,
    ],

];
