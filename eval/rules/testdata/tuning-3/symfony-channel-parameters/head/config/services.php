<?php

declare(strict_types=1);

namespace Symfony\Component\DependencyInjection\Loader\Configurator;

use App\Payment\PayPalGateway;
use App\Payment\PayPalWebhookVerifier;
use App\Tracking\TagManager;

return static function (ContainerConfigurator $container): void {
    $container->parameters()
        ->set('paypal.webhook_id', '4JH86294D6297924G')
        ->set('paypal.partner_attribution_id', 'Northpantry_Cart_PPCP')
        ->set('analytics.container_id', 'GTM-K7XQ2WP')
        ->set('recaptcha.site_key', '6LfT3xkpAAAAAJ0q8mD2vVw5rYc1bHnPzK4sEoXu');

    $services = $container->services()->defaults()->autowire()->autoconfigure()->private();
    $services->load('App\\', '../src/')->exclude('../src/{Entity,Kernel.php}');

    $services->set(PayPalGateway::class)
        ->arg('$clientId', env('PAYPAL_CLIENT_ID'))
        ->arg('$clientSecret', env('PAYPAL_CLIENT_SECRET'))
        ->arg('$attributionId', param('paypal.partner_attribution_id'));

    $services->set(PayPalWebhookVerifier::class)
        ->arg('$webhookId', param('paypal.webhook_id'));

    $services->set(TagManager::class)
        ->arg('$containerId', param('analytics.container_id'));
};
