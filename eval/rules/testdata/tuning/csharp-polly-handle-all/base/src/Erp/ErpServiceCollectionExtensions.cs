using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.Contrib.WaitAndRetry;
using Polly.Extensions.Http;

namespace Depot.Erp;

public static class ErpServiceCollectionExtensions
{
    public static IServiceCollection AddErp(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ErpOptions>()
            .Bind(configuration.GetSection("Erp"))
            .ValidateDataAnnotations()
            .ValidateOnStart();

        // read-only client: stock and price queries
        services.AddHttpClient<IErpQueries, ErpQueries>(http =>
            {
                http.BaseAddress = new Uri(configuration["Erp:BaseUrl"]!);
                http.Timeout = TimeSpan.FromSeconds(40);
            })
            .AddHttpMessageHandler<ErpTokenHandler>()
            .AddPolicyHandler(HttpPolicyExtensions
                .HandleTransientHttpError()
                .WaitAndRetryAsync(Backoff.DecorrelatedJitterBackoffV2(TimeSpan.FromMilliseconds(400), retryCount: 3)))
            .AddPolicyHandler(HttpPolicyExtensions
                .HandleTransientHttpError()
                .CircuitBreakerAsync(8, TimeSpan.FromSeconds(30)));

        services.AddTransient<ErpTokenHandler>();
        return services;
    }
}
