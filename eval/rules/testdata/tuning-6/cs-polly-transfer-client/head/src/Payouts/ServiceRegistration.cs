using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.Contrib.WaitAndRetry;
using Polly.Extensions.Http;
using Polly.Timeout;

namespace Payouts;

public static class ServiceRegistration
{
    public static IServiceCollection AddFinaro(this IServiceCollection services, FinaroOptions options)
    {
        services.AddHttpClient<FinaroClient>(http =>
            {
                http.BaseAddress = options.BaseAddress;
                http.DefaultRequestHeaders.Add("X-Api-Key", options.ApiKey);
            })
            .AddPolicyHandler(HttpPolicyExtensions
                .HandleTransientHttpError()
                .Or<TimeoutRejectedException>()
                .WaitAndRetryAsync(Backoff.DecorrelatedJitterBackoffV2(TimeSpan.FromSeconds(1), retryCount: 4)))
            .AddPolicyHandler(Policy.TimeoutAsync<HttpResponseMessage>(TimeSpan.FromSeconds(10)));
        return services;
    }
}
