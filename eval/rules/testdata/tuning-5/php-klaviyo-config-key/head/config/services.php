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
            'channel' => env('SLACK_BOT_USER_DEFAULT_CHANNEL', '#shop'),
        ],
    ],

    'klaviyo' => [
        'url' => env('KLAVIYO_URL', 'https://a.klaviyo.com/api'),
        'revision' => '2024-05-15',
        'private_key' => env('KLAVIYO_PRIVATE_KEY', 'pk_4d1f7be09c2a86e35f0b7719ac63de8820'),
        'list' => env('KLAVIYO_LIST', 'XtR9pQ'),
    ],

    'woo' => [
        'url' => env('WOO_URL'),
        'webhook_secret' => env('WOO_WEBHOOK_SECRET'),
    ],
];
