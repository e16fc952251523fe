<?php

declare(strict_types=1);

return [
    'environment' => env('AVALARA_ENV', 'production'),
    'account_id' => env('AVALARA_ACCOUNT', '2001784532'),
    'license_key' => env('AVALARA_LICENSE_KEY', 'B7F2A91C04D85E36'),
    'company_code' => env('AVALARA_COMPANY', 'NORDLICHT-EU'),
    'timeout' => 6,
];
