using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Timeout;

namespace Acme.Tax;

public static class TaxRegistration
{
    private static readonly HashSet<HttpStatusCode> Transient =
    [
        HttpStatusCode.TooManyRequests,
        HttpStatusCode.BadGateway,
        HttpStatusCode.ServiceUnavailable,
        HttpStatusCode.GatewayTimeout,
    ];

    public static IServiceCollection AddTax(this IServiceCollection services, TaxOptions options)
    {
        services
            .AddHttpClient<TaxClient>(client =>
            {
                client.BaseAddress = options.BaseUrl;
                client.Timeout = TimeSpan.FromSeconds(60);
                client.MaxResponseContentBufferSize = 1024 * 1024;
                client.DefaultRequestHeaders.Add("X-Api-Key", options.ApiKey);
            })
            .AddResilienceHandler("tax", pipeline =>
            {
                var retry = new HttpRetryStrategyOptions
                {
                    MaxRetryAttempts = 3,
                    Delay = TimeSpan.FromMilliseconds(400),
                    MaxDelay = TimeSpan.FromSeconds(10),
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    ShouldRetryAfterHeader = true,
                    ShouldHandle = args => ValueTask.FromResult(args.Outcome switch
                    {
                        { Exception: HttpRequestException or TimeoutRejectedException } => true,
                        { Result: { } response } => Transient.Contains(response.StatusCode),
                        _ => false,
                    }),
                };
                retry.DisableForUnsafeHttpMethods();
                pipeline.AddRetry(retry);
                pipeline.AddTimeout(TimeSpan.FromSeconds(8));
            });
        return services;
    }
}
