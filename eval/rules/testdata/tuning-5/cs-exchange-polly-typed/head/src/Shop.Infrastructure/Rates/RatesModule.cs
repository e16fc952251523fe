using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Rates;

namespace Shop.Infrastructure.Rates;

public static class RatesModule
{
    public static void AddRates(this IServiceCollection services, string appId)
    {
        services
            .AddHttpClient<IRateSource, OpenExchangeRateSource>(c =>
            {
                c.BaseAddress = new Uri("https://openexchangerates.org/api/");
                c.DefaultRequestHeaders.Authorization = new("Token", appId);
            })
            .AddStandardResilienceHandler();
    }
}
