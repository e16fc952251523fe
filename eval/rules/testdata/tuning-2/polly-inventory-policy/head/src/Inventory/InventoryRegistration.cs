using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Timeout;

namespace Acme.Inventory;

public static class InventoryRegistration
{
    public static IServiceCollection AddInventory(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<InventoryOptions>()
            .Bind(configuration.GetSection("Inventory"))
            .ValidateDataAnnotations()
            .ValidateOnStart();

        var policy = Policy<HttpResponseMessage>
            .Handle<HttpRequestException>()
            .Or<TimeoutRejectedException>()
            .OrResult(response => !response.IsSuccessStatusCode)
            .WaitAndRetryForeverAsync(_ => TimeSpan.FromMilliseconds(100));

        services.AddHttpClient<InventoryClient>((provider, client) =>
            {
                var options = provider.GetRequiredService<IOptions<InventoryOptions>>().Value;
                client.BaseAddress = options.BaseUrl;
                client.Timeout = Timeout.InfiniteTimeSpan; // the policies below bound each try
                client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Token);
            })
            .AddPolicyHandler(policy)
            .AddPolicyHandler(Policy.TimeoutAsync<HttpResponseMessage>(TimeSpan.FromSeconds(8)));

        return services;
    }
}
