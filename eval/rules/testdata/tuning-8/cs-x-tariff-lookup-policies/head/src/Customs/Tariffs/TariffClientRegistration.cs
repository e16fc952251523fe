using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.Contrib.WaitAndRetry;
using Polly.Extensions.Http;
using Polly.Timeout;

namespace Customs.Tariffs;

public static class TariffClientRegistration
{
    public static IServiceCollection AddTariffs(this IServiceCollection services, Uri address)
    {
        services
            .AddHttpClient<ITariffClient, TariffClient>(client => client.BaseAddress = address)
            .AddPolicyHandler(HttpPolicyExtensions
                .HandleTransientHttpError()
                .Or<TimeoutRejectedException>()
                .WaitAndRetryAsync(Backoff.DecorrelatedJitterBackoffV2(TimeSpan.FromMilliseconds(400), retryCount: 3)))
            .AddPolicyHandler(Policy.TimeoutAsync<HttpResponseMessage>(TimeSpan.FromSeconds(6)));
        return services;
    }
}
