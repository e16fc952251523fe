using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace Acme.Inventory;

public static class InventoryRegistration
{
    public static IServiceCollection AddInventory(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<InventoryOptions>()
            .Bind(configuration.GetSection("Inventory"))
            .ValidateDataAnnotations()
            .ValidateOnStart();

        services.AddHttpClient<InventoryClient>((provider, client) =>
            {
                var options = provider.GetRequiredService<IOptions<InventoryOptions>>().Value;
                client.BaseAddress = options.BaseUrl;
                client.Timeout = TimeSpan.FromSeconds(8);
                client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Token);
            });

        return services;
    }
}
