using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Polly;

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
            .AddPolicyHandler(Policy
                .Handle<HttpRequestException>()
                .OrResult<HttpResponseMessage>(r => !r.IsSuccessStatusCode)
                .RetryAsync(10));

        services.AddTransient<ErpTokenHandler>();
        return services;
    }
}
