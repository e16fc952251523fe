using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Rates;

namespace Shop.Infrastructure.Rates;

public static class RatesModule
{
    public static void AddRates(this IServiceCollection services, string appId)
    {
        services.AddSingleton<IRateSource, FixedRateSource>();
    }
}
