using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Acme.Directory;

public static class ServiceCollectionExtensions
{
    public static IServiceCollection AddCustomerDirectory(this IServiceCollection services)
    {
        services
            .AddHttpClient<CustomerDirectoryClient>((provider, client) =>
            {
                var options = provider.GetRequiredService<IOptions<DirectoryOptions>>().Value;
                client.BaseAddress = options.BaseAddress;
                client.DefaultRequestHeaders.Add("X-Api-Key", options.ApiKey);
            })
            .AddStandardResilienceHandler(o =>
            {
                o.AttemptTimeout.Timeout = TimeSpan.FromSeconds(4);
                o.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(15);
                o.Retry.MaxRetryAttempts = 2;
                o.Retry.UseJitter = true;
            });
        return services;
    }
}
