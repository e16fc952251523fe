using System.Net.Http.Headers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.Infrastructure.Erp;

public static class ErpServiceCollectionExtensions
{
    public static IServiceCollection AddErp(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetRequiredSection("Erp");

        services.AddTransient<ErpTokenHandler>();
        services
            .AddHttpClient<IErpClient, ErpClient>(client =>
            {
                client.BaseAddress = new Uri(section["BaseUrl"]!);
                client.Timeout = TimeSpan.FromSeconds(20);
                client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            })
            .AddHttpMessageHandler<ErpTokenHandler>();

        return services;
    }
}
